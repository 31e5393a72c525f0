import { asInteger, asObject, asObjects, asString, type JsonObject } from "./json-object.ts";

/**
 * The picture in a message: a photo, or a file that is called a picture, as logos are sent to keep them as they are.
 * What it really is, is seen when it is there.
 *
 * @returns Its `file_id`.
 */
export function readPicture(message: JsonObject): string | undefined {
  const document = asObject(message["document"]);
  if (document !== undefined) {
    return /^image\//i.test(asString(document["mime_type"]) ?? "") ? fileIdOf(document) : undefined;
  }
  return asObjects(message["photo"])
    .map((size) => ({ fileId: fileIdOf(size), pixels: pixelsOf(size) }))
    .toSorted((a, b) => b.pixels - a.pixels)
    .find(({ fileId }) => fileId !== undefined)?.fileId;
}

function fileIdOf(file: JsonObject): string | undefined {
  const id = asString(file["file_id"]);
  return id !== undefined && /^[\w-]{1,256}$/.test(id) ? id : undefined;
}

function pixelsOf(size: JsonObject): number {
  return (asInteger(size["width"]) ?? 0) * (asInteger(size["height"]) ?? 0);
}
