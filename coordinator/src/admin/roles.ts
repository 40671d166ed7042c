/** What a person may do at the console: an owner everything, a coordinator everything with studies, a viewer look. */

export const ROLES = ['owner', 'coordinator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What needs a role at all; looking at studies needs none beyond being signed in. */
export type Right = 'studies' | 'people';

const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  owner: ['studies', 'people'],
  coordinator: ['studies'],
  viewer: [],
};

/** @example mayDo('viewer', 'studies') // false */
export const mayDo = (role: Role, right: Right): boolean => RIGHTS[role].includes(right);
