import { makePicture } from './made-picture';
import { readGenerateContentRequest } from './read-request';

describe('readGenerateContentRequest', () => {
  const read = (request: unknown) => readGenerateContentRequest(JSON.stringify(request));
  const withParts = (...parts: unknown[]) => ({ contents: [{ role: 'user', parts }] });
  const withConfig = (generationConfig: unknown) => ({ ...withParts({ text: 'A ring' }), generationConfig });
  const blob = (mimeType: string, bytes: Buffer) => ({ inlineData: { mimeType, data: bytes.toString('base64') } });

  it('reads the parts of all contents in order, in camelCase and in snake_case', async () => {
    const png = await makePicture();

    const { parts } = await read({
      contents: [
        { parts: [{ text: 'one' }, { inline_data: { mime_type: 'image/png', data: png.toString('base64url') } }] },
        { role: 'model', parts: [{ text: 'two' }] },
      ],
      safetySettings: [],
    });

    expect(parts).toMatchObject([{ text: 'one' }, { mime: 'image/png', bytes: png, width: 64, height: 48 }, { text: 'two' }]);
  });

  it.each(['png', 'jpeg', 'webp'] as const)('takes a %s', async (format) => {
    const bytes = await makePicture({ format });

    await expect(read(withParts(blob(`image/${format}`, bytes)))).resolves.toMatchObject({ parts: [{ mime: `image/${format}` }] });
  });

  it('takes HEIC by its brand', async () => {
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1');

    await expect(read(withParts(blob('image/heic', heic)))).resolves.toMatchObject({ parts: [{ mime: 'image/heic', width: 0 }] });
    await expect(read(withParts(blob('image/heif', Buffer.from('no brand'))))).rejects.toMatchObject({ code: 400 });
  });

  it('takes every setting of an image model', async () => {
    const config = {
      responseModalities: ['Text', 'Image'],
      temperature: 2,
      topP: 0.9,
      imageConfig: { aspectRatio: '4:5', imageSize: '4K' },
    };

    await expect(read(withConfig(config))).resolves.toMatchObject({ generationConfig: config });
  });

  it.each([
    ['no object', [], 'Invalid value (message)'],
    ['an unknown field', { ...withParts({ text: 'x' }), prompt: 'x' }, 'Unknown name "prompt": Cannot find field.'],
    ['no contents', { contents: [] }, 'contents is not specified'],
    ['contents that are no list', { contents: { parts: [] } }, "Invalid value at 'contents' (repeated)"],
    ['another role', { contents: [{ role: 'system', parts: [{ text: 'x' }] }] }, 'Please use a valid role: user, model.'],
    ['no parts', withParts(), 'contents[0].parts: contents.parts must not be empty.'],
    ['an empty part', withParts({}), "contents[0].parts[0].data: required oneof field 'data'"],
    ['a part of another shape', withParts({ image: 'x' }), `Unknown name "image" at 'contents[0].parts[0]': Cannot find field.`],
    ['a text that is none', withParts({ text: 7 }), "Invalid value at 'contents[0].parts[0].text' (TYPE_STRING), 7"],
    ['two in one part', withParts({ text: 'x', inlineData: {} }), "oneof field 'data' is already set"],
    ['a GIF', withParts({ inlineData: { mimeType: 'image/gif', data: '' } }), 'Unsupported MIME type: image/gif'],
    ['image/jpg', withParts({ inlineData: { mimeType: 'image/jpg', data: '' } }), 'Unsupported MIME type: image/jpg'],
    ['no base64', withParts({ inlineData: { mimeType: 'image/png', data: 'data:image/png;base64,AA' } }), 'Base64 decoding failed'],
    ['a cut base64', withParts({ inlineData: { mimeType: 'image/png', data: 'AAAAA' } }), 'Base64 decoding failed'],
    ['bytes that are no picture', withParts(blob('image/png', Buffer.from('no'))), 'Unable to process input image.'],
    ['a temperature above 2', withConfig({ temperature: 2.1 }), 'temperature must be in the range [0.0, 2.0].'],
    ['a temperature below 0', withConfig({ temperature: -1 }), 'temperature must be in the range [0.0, 2.0].'],
    ['a temperature in words', withConfig({ temperature: 'hot' }), "at 'generation_config.temperature' (TYPE_FLOAT)"],
    ['an unknown setting', withConfig({ size: '1K' }), `Unknown name "size" at 'generation_config': Cannot find field.`],
    ['an unknown modality', withConfig({ responseModalities: ['SMELL'] }), "'generation_config.response_modalities[0]'"],
    ['a size in small letters', withConfig({ imageConfig: { imageSize: '1k' } }), 'image_size must be one of 1K, 2K, 4K.'],
    ['another aspect ratio', withConfig({ imageConfig: { aspectRatio: '7:5' } }), 'aspect_ratio must be one of 1:1,'],
    [
      'an unknown setting of pictures',
      withConfig({ imageConfig: { width: 7 } }),
      `Unknown name "width" at 'generation_config.image_config'`,
    ],
  ])('refuses %s', async (_what, request, message) => {
    await expect(read(request)).rejects.toMatchObject({ code: 400, message: expect.stringContaining(message) });
  });

  it('names the field in the details, as the translation from JSON does', async () => {
    await expect(read(withConfig({ size: '1K' }))).rejects.toMatchObject({
      body: {
        error: {
          code: 400,
          status: 'INVALID_ARGUMENT',
          details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: 'generation_config' }] }],
        },
      },
    });
  });

  it('refuses a picture that is not what it is declared to be', async () => {
    await expect(read(withParts(blob('image/png', await makePicture({ format: 'webp' }))))).rejects.toMatchObject({ code: 400 });
  });

  it('takes 14 pictures and no more', async () => {
    const picture = blob('image/png', await makePicture({ width: 4, height: 4 }));
    const pictures = (count: number) => withParts({ text: 'All of them' }, ...Array.from({ length: count }, () => picture));

    await expect(read(pictures(14))).resolves.toMatchObject({ generationConfig: {} });
    await expect(read(pictures(15))).rejects.toMatchObject({ code: 400 });
  });
});
