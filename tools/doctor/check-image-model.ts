import { geminiOf } from '../../apps/generation/src/configured-model';
import { chosenModel, type GenerationConfig } from '../../apps/generation/src/generation.config';
import { ok, warn, type Verdict } from './finding';
import { providerVerdict } from './provider-verdict';
import { shownAddress } from './shown-address';

/** Longest wait for Gemini, in ms. A person waits for longer than a prober does, and a first connection from a slow machine may take its time. */
const PATIENCE_MS = 4_000;

/** Who makes the pictures, and for Gemini whether it takes the key and has the model. Costs nothing. */
export async function checkImageModel(config: GenerationConfig): Promise<Verdict> {
  switch (chosenModel(config)) {
    case 'gemini':
      return checkGemini(config);
    case 'sandbox':
      return warn('the sandbox: for demonstrations, as IMAGE_MODEL says');
    case 'local':
      return ok(
        config.IMAGE_MODEL === 'local' && config.GOOGLE_API_KEY
          ? 'the local studio, as IMAGE_MODEL says; GOOGLE_API_KEY is not used'
          : 'the local studio; GOOGLE_API_KEY has Gemini make the pictures',
      );
  }
}

function checkGemini(config: GenerationConfig): Promise<Verdict> {
  const { GEMINI_MODEL: model, GEMINI_BASE_URL: address, GENERATION_FALLBACK: fallback } = config;
  const meanwhile = fallback === 'local' ? 'the local studio makes the pictures meanwhile' : 'jobs wait for it';
  return providerVerdict(async () => (await geminiOf(config, PATIENCE_MS)).check(), {
    good: `Gemini at ${shownAddress(address)} takes the key and has the model ${model}`,
    away: `Gemini at ${shownAddress(address)} cannot be asked right now, ${meanwhile}`,
  });
}
