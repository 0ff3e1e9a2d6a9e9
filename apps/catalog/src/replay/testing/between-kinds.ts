import type { EventName } from '@facet/contracts';
import type { NatsConnection } from '@nats-io/transport-node';

/** Two kinds of event that are read apart, and what happens when one is read already and the other one not yet. */
interface Between {
  read: EventName;
  notYetRead: EventName;
  happens: () => Promise<void>;
}

/** Has it happen once, as soon as a consumer of one kind of event is made, before one of the other kind is. */
export function betweenKinds(connection: NatsConnection, { read, notYetRead, happens }: Between): void {
  const request = connection.request.bind(connection);
  const isMaking = (subject: string, kind: EventName): boolean =>
    subject.startsWith('$JS.API.CONSUMER.CREATE.') && subject.endsWith(`.${kind}`);
  let isRead: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => (isRead = resolve)).then(happens);
  jest.spyOn(connection, 'request').mockImplementation(async (subject, ...rest) => {
    if (isMaking(subject, notYetRead)) {
      await happened;
    }
    const answer = await request(subject, ...rest);
    if (isMaking(subject, read)) {
      isRead();
    }
    return answer;
  });
}
