import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { ImageType, type AppliedSequences, type Asset, type GenerationFacts, type ImageOptions } from '@facet/contracts';
import { Schema as MongooseSchema, Types } from 'mongoose';
import { imageIndexes } from './image-indexes';

/** A picture as MongoDB keeps it. It never leaves the catalog: everyone else knows records. */
@Schema({
  collection: 'images',
  versionKey: false,
  // collection and indexes are made by migrations
  autoCreate: false,
  autoIndex: false,
  strict: 'throw',
  strictQuery: 'throw',
  // facts without members are facts: Mongoose would drop `{}`
  minimize: false,
  writeConcern: { w: 'majority' },
})
export class ImageDocument {
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  _id!: Types.ObjectId;

  @Prop({ type: String, required: true })
  user_id!: string;

  @Prop({ type: String, required: true, enum: ImageType.options })
  type!: ImageType;

  // the person's words may be empty, which Mongoose does not take for given
  @Prop({ type: String, default: '' })
  prompt!: string;

  @Prop({ type: String, default: '' })
  original_prompt!: string;

  @Prop({ type: String, default: '' })
  instruction!: string;

  @Prop({ type: MongooseSchema.Types.ObjectId, default: null })
  parent_image_id!: Types.ObjectId | null;

  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  root_image_id!: Types.ObjectId;

  @Prop({ type: Number, required: true })
  depth!: number;

  @Prop({ type: Number, required: true })
  ornament_id!: number;

  @Prop({ type: String, required: true })
  generated_image_url!: string;

  @Prop({ type: String, required: true })
  generated_image_path!: string;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  assets!: Asset[];

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  options!: ImageOptions;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  generation!: GenerationFacts;

  @Prop({ type: Number, required: true })
  width!: number;

  @Prop({ type: Number, required: true })
  height!: number;

  @Prop({ type: Date, required: true })
  created_at!: Date;

  @Prop({ type: Boolean, required: true })
  starred!: boolean;

  @Prop({ type: String, default: null })
  title!: string | null;

  @Prop({ type: [String], required: true })
  tags!: string[];

  @Prop({ type: Date, default: null })
  deleted_at!: Date | null;

  @Prop({ type: Date, default: null })
  purged_at!: Date | null;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  applied!: AppliedSequences;

  /** it is not deleted: the first thing that every list asks for */
  @Prop({ type: Boolean, required: true })
  listed!: boolean;

  /** by which it is found */
  @Prop({ type: [String], required: true })
  words!: string[];
}

export const ImageSchema = SchemaFactory.createForClass(ImageDocument);
for (const { key, ...options } of imageIndexes) {
  ImageSchema.index(key, options);
}
