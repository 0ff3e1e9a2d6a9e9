import { ImageType } from '@facet/contracts';

const OPTIONAL_TEXT = { bsonType: ['string', 'null'] };
const OPTIONAL_TIME = { bsonType: ['date', 'null'] };
const WHOLE = { bsonType: ['int', 'long', 'double'], minimum: 0 };
const TEXTS = { bsonType: 'array', items: { bsonType: 'string' } };

const properties = {
  _id: { bsonType: 'objectId' },
  user_id: { bsonType: 'string', minLength: 1 },
  type: { enum: ImageType.options },
  prompt: { bsonType: 'string' },
  original_prompt: { bsonType: 'string' },
  instruction: { bsonType: 'string' },
  parent_image_id: { bsonType: ['objectId', 'null'] },
  root_image_id: { bsonType: 'objectId' },
  depth: WHOLE,
  ornament_id: WHOLE,
  generated_image_url: { bsonType: 'string' },
  generated_image_path: { bsonType: 'string' },
  assets: { bsonType: 'array', items: { bsonType: 'object', required: ['role', 'url', 'path'] } },
  options: { bsonType: 'object' },
  generation: { bsonType: 'object', required: ['provider', 'model'] },
  width: WHOLE,
  height: WHOLE,
  created_at: { bsonType: 'date' },
  starred: { bsonType: 'bool' },
  title: OPTIONAL_TEXT,
  tags: TEXTS,
  deleted_at: OPTIONAL_TIME,
  purged_at: OPTIONAL_TIME,
  applied: { bsonType: 'object', required: ['starred', 'title', 'tags', 'deletion'] },
  listed: { bsonType: 'bool' },
  words: TEXTS,
};

/**
 * What MongoDB itself refuses to keep in the collection of pictures, whoever writes. Fields that are not named are allowed: a
 * newer version of Facet may have them. Who changes this writes a migration that tells the database.
 */
export const imageValidation = { $jsonSchema: { bsonType: 'object', required: Object.keys(properties), properties } };
