const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^@/?#\s]*@)?((?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?)(\/[^@?#\s]*)?(?:[?#][^@\s]*)?$/i;

/**
 * Scheme, host and path of an address, or of several with commas between them (NATS, MongoDB). User, password and query stay
 * out: a query may carry a token. An address of another shape is not shown in any part.
 */
export function shownAddress(addresses: string): string {
  const parts = addresses.split(',').map((address) => address.trim());
  const named = parts.map((address) => address.includes('@'));
  // a comma in a password takes it apart
  const isTornApart = named.lastIndexOf(true) > named.indexOf(false) && named.includes(false);
  const shown = parts.map((address) => shownPart(address));
  return isTornApart || shown.includes(null) ? 'an address that cannot be shown' : shown.join(', ');
}

function shownPart(address: string): string | null {
  const [, scheme = '', host, path = ''] = ADDRESS.exec(address) ?? [];
  return host === undefined ? null : scheme + host + path.replace(/\/$/, '');
}
