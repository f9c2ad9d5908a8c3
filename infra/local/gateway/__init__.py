"""API Gateway and CloudFront on one port: HTTP, WebSocket, `@connections`."""
