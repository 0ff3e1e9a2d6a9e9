import { imageIdOfMessage } from '@facet/contracts';
import { PubHeaders, type JsMsg } from '@nats-io/jetstream';

/** The picture that an event of the log is about, told by its headers alone; `null` for an event that is not of Facet's kind. */
export const pictureOf = ({ headers }: JsMsg): string | null => imageIdOfMessage(headers?.get(PubHeaders.MsgIdHdr) ?? '');
