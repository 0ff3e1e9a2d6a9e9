import { SetMetadata } from '@nestjs/common';

/** Metadata key that an authentication guard looks for. */
export const PUBLIC_ROUTE = 'facet:public-route';

/** Marks a controller or a route that needs no token. Everything else does. */
export const PublicRoute = () => SetMetadata(PUBLIC_ROUTE, true);
