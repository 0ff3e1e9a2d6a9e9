import { publicUrlOf } from '@facet/contracts';

/** Base of the URLs that clients see: an injection token that is a class, so that it injects by type. */
export class PublicUrl {
  constructor(readonly base: string) {}

  /** Pictures that this deployment keeps itself are stored root-relative, so that they survive a change of its address. */
  of(url: string): string {
    return publicUrlOf(url, this.base);
  }
}
