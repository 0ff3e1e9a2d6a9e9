import { Global, Module } from '@nestjs/common';
import { ImageRepository } from './image.repository';
import { ReplayedImageRepository } from './replayed-image.repository';

/** The catalog's memory in the process itself. */
@Global()
@Module({
  providers: [{ provide: ImageRepository, useClass: ReplayedImageRepository }],
  exports: [ImageRepository],
})
export class ReplayedMemoryModule {}
