import { invalidJson, type GoogleApiError } from './google-api-error';

export type JsonObject = Record<string, unknown>;

/** A field may be written in camelCase or as in the .proto file: https://protobuf.dev/programming-guides/json/ */
const protoName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The value of a field that may be written in both ways; undefined when it is absent or null. */
export const fieldOf = (message: JsonObject, name: string): unknown => message[name] ?? message[protoName(name)] ?? undefined;

/** The path of a field in the service's words, such as `contents[0].parts`. */
export const pathOf = (parent: string, name: string): string => (parent ? `${parent}.${protoName(name)}` : protoName(name));

const at = (path: string): string => (path ? ` at '${path}'` : '');

/** @throws GoogleApiError 400 when it is no object, or has a field that the message has not */
export function readMessage(value: unknown, path: string, fields: readonly string[]): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidValue(path, 'message', value);
  }
  const message: JsonObject = { ...value };
  const unknown = Object.keys(message).find((key) => !fields.some((field) => key === field || key === protoName(field)));
  if (unknown !== undefined) {
    throw invalidJson(`Invalid JSON payload received. Unknown name "${unknown}"${at(path)}: Cannot find field.`, path);
  }
  return message;
}

/** @returns no elements when the field is absent */
export function readList(message: JsonObject, name: string, parent: string): readonly unknown[] {
  const value = fieldOf(message, name);
  if (value === undefined) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw invalidValue(pathOf(parent, name), 'repeated', value);
  }
  return value;
}

export function readString(message: JsonObject, name: string, parent: string): string | undefined {
  const value = fieldOf(message, name);
  if (value !== undefined && typeof value !== 'string') {
    throw invalidValue(pathOf(parent, name), 'TYPE_STRING', value);
  }
  return value;
}

export function readNumber(message: JsonObject, name: string, parent: string): number | undefined {
  const value = fieldOf(message, name);
  if (value !== undefined && typeof value !== 'number') {
    throw invalidValue(pathOf(parent, name), 'TYPE_FLOAT', value);
  }
  return value;
}

/** 400 for a value that its field cannot hold; the type in protobuf's words, such as `TYPE_STRING`. */
export function invalidValue(path: string, type: string, value: unknown): GoogleApiError {
  return invalidJson(`Invalid value${at(path)} (${type}), ${JSON.stringify(value).slice(0, 80)}`, path);
}
