import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '@/shared/ui/page/page';
import { Tabs } from '@/shared/ui/tabs/tabs';
import { GroupsTab } from './groups-tab';
import { PeopleTab } from './people-tab';

export function PeoplePage() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const tab = parameters.get('tab') === 'groups' ? 'groups' : 'people';
  return (
    <Page title={t('people.title')} wide>
      <Tabs
        label={t('people.title')}
        value={tab}
        onChange={(value) => setParameters(value === 'groups' ? { tab: value } : {}, { replace: true })}
        tabs={[
          { value: 'people', label: t('people.people'), content: <PeopleTab /> },
          { value: 'groups', label: t('people.groups'), content: <GroupsTab /> },
        ]}
      />
    </Page>
  );
}
