import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { RunningFacet } from '../../test/e2e/support/running-facet';

const JWT_SECRET = 'a secret of the bench alone, long enough';

/** Facet's real processes over the database that is measured. */
export class FacetOnMongo {
  private constructor(
    private readonly facet: RunningFacet,
    private readonly dataDir: string,
  ) {}

  static async start(uri: string, dbName: string): Promise<FacetOnMongo> {
    const dataDir = await mkdtemp(join(tmpdir(), 'facet-bench-'));
    const settings = { MONGODB_URI: uri, MONGODB_DATABASE: dbName, JWT_SECRET, IMAGE_MODEL: 'sandbox', LOG_LEVEL: 'error' };
    return new FacetOnMongo(await RunningFacet.start(dataDir, settings), dataDir);
  }

  get url(): string {
    return this.facet.url;
  }

  /** An access token of a user who never logged in. */
  tokenOf(user: string): Promise<string> {
    return new SignJWT({ token_use: 'access', email: `${user}@example.com` })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(user)
      .setIssuedAt()
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(JWT_SECRET));
  }

  async stop(): Promise<void> {
    await this.facet.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
