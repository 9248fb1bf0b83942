import { useTranslation } from 'react-i18next';

/** What was done, in words; an action that is not known keeps its code. */
export function useActionName(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => {
    switch (action) {
      case 'api-key-created':
        return t('operations.action.apiKeyCreated');
      case 'api-key-revoked':
        return t('operations.action.apiKeyRevoked');
      case 'assistant-changed':
        return t('operations.action.assistantChanged');
      case 'assistant-created':
        return t('operations.action.assistantCreated');
      case 'assistant-deleted':
        return t('operations.action.assistantDeleted');
      case 'collection-changed':
        return t('operations.action.collectionChanged');
      case 'collection-created':
        return t('operations.action.collectionCreated');
      case 'collection-deleted':
        return t('operations.action.collectionDeleted');
      case 'collection-may-leave':
        return t('operations.action.collectionMayLeave');
      case 'collection-may-not-leave':
        return t('operations.action.collectionMayNotLeave');
      case 'collection-permissions-changed':
        return t('operations.action.collectionPermissionsChanged');
      case 'collection-taken-over':
        return t('operations.action.collectionTakenOver');
      case 'document-deleted':
        return t('operations.action.documentDeleted');
      case 'document-uploaded':
        return t('operations.action.documentUploaded');
      case 'first-administrator-created':
        return t('operations.action.firstAdministratorCreated');
      case 'fetch-token-removed':
        return t('operations.action.fetchTokenRemoved');
      case 'fetch-token-stored':
        return t('operations.action.fetchTokenStored');
      case 'group-changed':
        return t('operations.action.groupChanged');
      case 'adapter-added':
        return t('operations.action.adapterAdded');
      case 'adapter-removed':
        return t('operations.action.adapterRemoved');
      case 'incoming-model-discarded':
        return t('operations.action.incomingModelDiscarded');
      case 'model-activated':
        return t('operations.action.modelActivated');
      case 'model-added':
        return t('operations.action.modelAdded');
      case 'model-deactivated':
        return t('operations.action.modelDeactivated');
      case 'model-fetch-started':
        return t('operations.action.modelFetchStarted');
      case 'model-removed':
        return t('operations.action.modelRemoved');
      case 'model-upload-started':
        return t('operations.action.modelUploadStarted');
      case 'password-changed':
        return t('operations.action.passwordChanged');
      case 'person-changed':
        return t('operations.action.personChanged');
      case 'person-created':
        return t('operations.action.personCreated');
      case 'person-invited':
        return t('operations.action.personInvited');
      case 'remote-generator-activated':
        return t('operations.action.remoteGeneratorActivated');
      case 'remote-generator-added':
        return t('operations.action.remoteGeneratorAdded');
      case 'remote-generator-changed':
        return t('operations.action.remoteGeneratorChanged');
      case 'remote-generator-deactivated':
        return t('operations.action.remoteGeneratorDeactivated');
      case 'remote-generator-removed':
        return t('operations.action.remoteGeneratorRemoved');
      case 'sign-in-refused':
        return t('operations.action.signInRefused');
      case 'signed-in':
        return t('operations.action.signedIn');
      case 'signed-out':
        return t('operations.action.signedOut');
      default:
        return action;
    }
  };
}
