import { addressesUnder, type AddressOf } from '@facet/contracts';

/** Base of the URLs that clients see: an injection token that is a class, so that it injects by type. */
export class PublicUrl {
  /** Of an address that is stored, the whole. */
  readonly of: AddressOf;

  constructor(readonly base: string) {
    this.of = addressesUnder(base);
  }
}
