export interface Profile {
  displayName: string;
  email: string | null;
  avatarColor: string;
  activeOrganizationId: string | null;
}
