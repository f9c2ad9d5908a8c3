/** `/docs.js`, which the API's page /api/docs loads: the viewer itself lies in files that are cached for ever. */
void import("./viewer");
