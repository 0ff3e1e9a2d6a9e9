import type { InputRole } from '@facet/contracts';
import type { PromptSource } from './prompt-source';

/**
 * What each picture is, in the order in which they are sent: `ornament 1 "Ring"`, `ornament 2`, `theme`. A role is
 * numbered when there are several of it.
 */
export function pictureLabels(roles: readonly InputRole[], { ornament_names = [] }: PromptSource['options']): string[] {
  const names = [...ornament_names];
  const counted = new Map<InputRole, number>();
  return roles.map((role) => {
    const n = (counted.get(role) ?? 0) + 1;
    counted.set(role, n);
    const number = roles.filter((other) => other === role).length > 1 ? ` ${n}` : '';
    const name = role === 'ornament' ? names.shift() : undefined;
    return `${role}${number}${name ? ` "${name}"` : ''}`;
  });
}
