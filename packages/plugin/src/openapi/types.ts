/** The part of OpenAPI 3.1 that the description of these routes is written in. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; summary: string; description: string };
  servers: readonly { url: string; description: string }[];
  security: readonly Record<string, readonly string[]>[];
  tags: readonly { name: string; description: string }[];
  paths: Record<string, PathItem>;
  components: {
    securitySchemes: Record<string, object>;
    headers: Record<string, Header>;
    responses: Record<string, Response>;
    schemas: Record<string, JsonSchema>;
  };
}

/** Draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type PathItem = Partial<Record<'get' | 'post', Operation>>;

export interface Operation {
  operationId: string;
  tags: readonly string[];
  summary: string;
  description: string;
  /** Empty for a public route. */
  security?: readonly Record<string, readonly string[]>[];
  parameters?: readonly Parameter[];
  requestBody?: { required: true; content: Content };
  /** By status. */
  responses: Record<string, Response | { $ref: string }>;
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  description: string;
  required?: boolean;
  schema: JsonSchema;
}

export interface Header {
  description: string;
  schema: JsonSchema;
}

export interface Response {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Content;
}

export type Content = Record<string, { schema: JsonSchema; example?: unknown }>;
