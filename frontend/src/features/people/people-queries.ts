import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { everyPage } from '@/shared/api/every-page';
import { keys } from '@/shared/api/keys';
import type { Group, Invitation, Page, Person, Role } from '@/shared/api/types';

export function usePeople(query: string) {
  return useInfiniteQuery({
    queryKey: [...keys.people, query],
    queryFn: ({ pageParam }) => json<Page<Person>>('/people', { query: { query, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export interface Invited {
  person: Person;
  invitation: Invitation;
}

export function useInvite(onInvited: (invited: Invited) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; displayName: string; role: Role }) =>
      json<Invited>('/people', { method: 'POST', body }),
    onSuccess: (invited) => {
      onInvited(invited);
      void client.invalidateQueries({ queryKey: keys.people });
    },
  });
}

export function useNewInvitation(onInvited: (invited: Invited) => void) {
  return useMutation({
    mutationFn: async (person: Person) => ({
      person,
      invitation: await json<Invitation>(`/people/${person.id}/invitation`, { method: 'POST' }),
    }),
    onSuccess: onInvited,
  });
}

export function useChangePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; displayName?: string; role?: Role; active?: boolean }) =>
      json<Person>(`/people/${id}`, { method: 'PATCH', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.people }),
  });
}

export function useGroups() {
  return useQuery({ queryKey: keys.groups, queryFn: () => everyPage<Group>('/groups') });
}

/** Name and members are two calls; the group is saved when both are. */
export function useSaveGroup(id: string | undefined, onSaved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, personIds }: { name: string; personIds: string[] }) => {
      const body = { name };
      const group = id
        ? await json<Group>(`/groups/${id}`, { method: 'PATCH', body })
        : await json<Group>('/groups', { method: 'POST', body });
      return json<Group>(`/groups/${id ?? group.id}/members`, { method: 'PUT', body: { personIds } });
    },
    onSuccess: onSaved,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.groups });
      void client.invalidateQueries({ queryKey: keys.people });
    },
  });
}

export function useDeleteGroup(onDeleted: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => json(`/groups/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      onDeleted();
      void client.invalidateQueries({ queryKey: keys.groups });
      void client.invalidateQueries({ queryKey: keys.people });
    },
  });
}
