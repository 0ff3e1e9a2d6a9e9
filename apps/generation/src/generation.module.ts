import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { MessagingModule } from '@facet/messaging';
import { PlatformModule } from '@facet/platform';
import { GeminiImageModel } from './gemini/gemini-image-model';
import type { GenerationConfig } from './generation.config';
import { ImageModel } from './model/image-model';
import { GenerationController } from './pipeline/generation.controller';
import { GenerationService } from './pipeline/generation.service';
import { SandboxModel } from './sandbox/sandbox-model';
import { LocalStudio } from './studio/local-studio';

@Module({})
export class GenerationModule {
  static forRoot(config: GenerationConfig): DynamicModule {
    return {
      module: GenerationModule,
      imports: [PlatformModule, MessagingModule.forRoot({ service: 'generation', servers: config.NATS_URL })],
      controllers: [GenerationController],
      providers: [{ provide: ImageModel, useFactory: () => imageModelOf(config) }, GenerationService],
    };
  }
}

function imageModelOf(config: GenerationConfig): ImageModel {
  const logger = new Logger(GenerationModule.name);
  const choice = config.IMAGE_MODEL ?? (config.GOOGLE_API_KEY ? 'gemini' : 'local');
  switch (choice) {
    case 'gemini':
      logger.log({ msg: 'image model: Gemini', model: config.GEMINI_MODEL });
      return new GeminiImageModel({
        apiKey: config.GOOGLE_API_KEY ?? '',
        model: config.GEMINI_MODEL,
        baseUrl: config.GEMINI_BASE_URL,
        timeoutMs: config.GEMINI_TIMEOUT_SECONDS * 1_000,
      });
    case 'sandbox':
      logger.warn({ msg: 'image model: sandbox, for demonstrations and fault tests only' });
      return new SandboxModel(config.SANDBOX_LATENCY_MS);
    case 'local':
      logger.log({ msg: 'image model: local studio (set GOOGLE_API_KEY for Gemini)' });
      return new LocalStudio();
  }
}
