/** A form as it came: texts by name, and the one file. */
export interface MultipartForm {
  fields: Record<string, string>;
  file: Buffer | null;
}

/**
 * Reads a multipart/form-data body (RFC 7578). Node's own reader refuses it: the Cloudinary SDK's boundaries are shorter
 * than the 27 characters that the Fetch standard asks for.
 */
export function readMultipartForm(contentType: string, body: Buffer): MultipartForm {
  const form: MultipartForm = { fields: {}, file: null };
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  for (const part of boundary === undefined ? [] : partsOf(body, Buffer.from(`\r\n--${boundary}`))) {
    const headersEnd = part.indexOf('\r\n\r\n');
    const headers = part.subarray(0, headersEnd).toString();
    const content = part.subarray(headersEnd + 4);
    const name = /name="([^"]*)"/.exec(headers)?.[1];
    if (name === 'file') {
      form.file = content;
    } else if (name !== undefined) {
      form.fields[name] = content.toString();
    }
  }
  return form;
}

/** What lies between the delimiters; what comes after the last one is no part. */
function* partsOf(body: Buffer, delimiter: Buffer): Generator<Buffer> {
  // the first delimiter has no line break before it
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = whole.indexOf(delimiter);
  while (start !== -1) {
    const end = whole.indexOf(delimiter, start + delimiter.length);
    if (end !== -1) {
      yield whole.subarray(start + delimiter.length, end);
    }
    start = end;
  }
}
