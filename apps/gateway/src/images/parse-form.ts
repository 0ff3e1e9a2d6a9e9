import { FacetError } from '@facet/platform';
import type { z } from 'zod';
import { invalidRequest } from '../http/invalid-request';
import type { ReceivedForm } from '../uploads/form-reader';
import type { ImageForm } from './image-form';

/**
 * Holds a received form against what its type needs.
 *
 * @throws FacetError `invalid_request` that names the field
 */
export function parseForm(received: ReceivedForm, form: ImageForm): z.infer<ImageForm['fields']> {
  const facts = form.fields.safeParse(fieldsOf(received, form));
  if (!facts.success) {
    throw invalidRequest(facts.error.issues);
  }
  for (const { field, min, max } of form.files) {
    const count = received.files.filter((file) => file.field === field).length;
    if (count < min) {
      throw missing(field);
    }
    if (count > max) {
      throw new FacetError('invalid_request', `${field}: ${max} at most.`, { details: { field } });
    }
  }
  checkTogether(received, facts.data);
  return facts.data;
}

/** Text fields as the schemas want them: lists for those that repeat, single values for the others. Those that no schema knows are left out. */
export function fieldsOf(
  { fields }: Pick<ReceivedForm, 'fields'>,
  { schema, repeated }: Pick<ImageForm, 'schema' | 'repeated'>,
): Record<string, string | string[]> {
  const known = [...fields].filter(([name]) => Object.hasOwn(schema.shape, name));
  return Object.fromEntries(
    known.map(([name, values]) => {
      if (!repeated.includes(name) && values.length > 1) {
        throw new FacetError('invalid_request', `${name}: must be sent once.`, { details: { field: name } });
      }
      return [name, repeated.includes(name) ? values : (values[0] ?? '')];
    }),
  );
}

/** Rules that bind one field to another. */
function checkTogether({ files }: ReceivedForm, { options }: z.infer<ImageForm['fields']>): void {
  const count = (name: string): number => files.filter(({ field }) => field === name).length;
  if (options.model_type === 'real_model' && count('model_image') === 0) {
    throw missing('model_image');
  }
  if ((options.ornament_names?.length ?? 0) > Math.max(count('ornament_images'), 0)) {
    throw new FacetError('invalid_request', 'ornament_names: there are more names than pictures.', {
      details: { field: 'ornament_names' },
    });
  }
}

const missing = (field: string): FacetError => new FacetError('invalid_request', `${field}: a picture is needed.`, { details: { field } });
