import { Activity, Bot, Cpu, FileText, MessageSquare, Users, type LucideIcon } from 'lucide-react';

export interface Destination {
  path: string;
  label: 'nav.chat' | 'nav.documents' | 'nav.assistants' | 'nav.models' | 'nav.people' | 'nav.operations';
  icon: LucideIcon;
  administrators: boolean;
}

/** The places of the rail, in order. */
export const destinations: Destination[] = [
  { path: '/chat', label: 'nav.chat', icon: MessageSquare, administrators: false },
  { path: '/documents', label: 'nav.documents', icon: FileText, administrators: false },
  { path: '/assistants', label: 'nav.assistants', icon: Bot, administrators: false },
  { path: '/models', label: 'nav.models', icon: Cpu, administrators: false },
  { path: '/people', label: 'nav.people', icon: Users, administrators: true },
  { path: '/operations', label: 'nav.operations', icon: Activity, administrators: true },
];
