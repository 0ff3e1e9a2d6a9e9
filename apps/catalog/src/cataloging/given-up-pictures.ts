import { Inject, Injectable } from '@nestjs/common';
import { DEADLETTERS_STREAM, deadLetterSubject, ImageStored, type EventName } from '@facet/contracts';
import { firstSequenceOf, jsonOf, NATS_CONNECTION, readStream } from '@facet/messaging';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** A picture's event, and where the log has it first. */
interface PlacedEvent {
  event: ImageStored;
  sequence: number;
}

/** Pictures whose `image.stored` this catalog gave up: it lies among the dead letters until it is retried or dropped. */
@Injectable()
export class GivenUpPictures {
  constructor(@Inject(NATS_CONNECTION) private readonly connection: NatsConnection) {}

  /** The first such event of a picture, which a replay enters it by. Reads all letters of the catalog: there are few. */
  async firstOf(imageId: string): Promise<PlacedEvent | undefined> {
    const part = { stream: DEADLETTERS_STREAM, subject: deadLetterSubject('image.stored' satisfies EventName), from: 1 };
    let first: PlacedEvent | undefined;
    for await (const letter of readStream(jetstream(this.connection), part)) {
      const { success, data: event } = ImageStored.safeParse(jsonOf(letter));
      const sequence = firstSequenceOf(letter);
      // a letter that was retried in vain lies behind those of later events
      if (success && event.image_id === imageId && sequence < (first?.sequence ?? Infinity)) {
        first = { event, sequence };
      }
    }
    return first;
  }
}
