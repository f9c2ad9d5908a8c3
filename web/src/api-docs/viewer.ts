/** Swagger UI over our own document, and a sign-in that gives its token to "try it out". */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import "./viewer.css";
import { signInForm } from "./sign-in";

const SCHEME = "bearer";

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

const place = document.querySelector("#viewer");
if (place) {
  place.replaceChildren();
  const ui = SwaggerUI({
    url: "/api/openapi.json",
    domNode: place,
    validatorUrl: null,
    deepLinking: true,
    filter: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: true,
    onComplete: () => document.documentElement.setAttribute("data-ready", ""),
  });
  const form = signInForm({
    came: (token) => ui.preauthorizeApiKey(SCHEME, token),
    left: () => ui.authActions.logout([SCHEME]),
  });
  place.before(form);
}
