import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { ImageType, type AppliedSequences, type Asset, type GenerationFacts, type ImageOptions } from '@facet/contracts';
import { Schema as MongooseSchema, Types } from 'mongoose';

/** A picture as MongoDB keeps it. It never leaves the catalog: everyone else knows records. */
@Schema({
  collection: 'images',
  versionKey: false,
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

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  applied!: AppliedSequences;
}

export const ImageSchema = SchemaFactory.createForClass(ImageDocument);
// a user's gallery, and a user's gallery of one type
ImageSchema.index({ user_id: 1, created_at: -1, _id: -1 });
ImageSchema.index({ user_id: 1, type: 1, created_at: -1, _id: -1 });
// a tree
ImageSchema.index({ root_image_id: 1, created_at: 1, _id: 1 });
// where a replay goes on
ImageSchema.index({ ornament_id: -1 });
