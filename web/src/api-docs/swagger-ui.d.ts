/** What of swagger-ui-dist is used; it ships no types of its own. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  interface Ui {
    preauthorizeApiKey(scheme: string, token: string): void;
    authActions: { logout(schemes: string[]): void };
  }
  export default function SwaggerUIBundle(options: {
    url: string;
    domNode: Element;
    validatorUrl: null;
    deepLinking: boolean;
    filter: boolean;
    docExpansion: "list";
    defaultModelsExpandDepth: number;
    tryItOutEnabled: boolean;
    onComplete: () => void;
  }): Ui;
}
