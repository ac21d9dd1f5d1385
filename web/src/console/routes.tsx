import { createBrowserRouter, Outlet, ScrollRestoration, useRouteError } from 'react-router';

import { AccountPage } from './account/account-page.tsx';
import { SignInPage } from './account/sign-in-page.tsx';
import { AssignmentPage } from './assignments/assignment-page.tsx';
import { AssignmentsPage } from './assignments/assignments-page.tsx';
import { ConcernsPage } from './concerns/concerns-page.tsx';
import { NewConcernPage } from './concerns/new-concern-page.tsx';
import { SessionProvider } from './data/session-provider.tsx';
import { GroupsPage } from './groups/groups-page.tsx';
import { MeetingPage } from './meetings/meeting-page.tsx';
import { MeetingsPage } from './meetings/meetings-page.tsx';
import { NewMeetingPage } from './meetings/new-meeting-page.tsx';
import { NewNoticePage } from './notices/new-notice-page.tsx';
import { NoticePage } from './notices/notice-page.tsx';
import { NoticesPage } from './notices/notices-page.tsx';
import { OperationsPage } from './operations/operations-page.tsx';
import { OutcomePage } from './outcomes/outcome-page.tsx';
import { ImportPage } from './people/import-page.tsx';
import { ListsPage } from './people/lists-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { RosterPage } from './people/roster-page.tsx';
import { VerificationsPage } from './people/verifications-page.tsx';
import { NewPollPage } from './polls/new-poll-page.tsx';
import { PaperPage } from './polls/paper-page.tsx';
import { PollPage } from './polls/poll-page.tsx';
import { PollsPage } from './polls/polls-page.tsx';
import { PosterPage } from './polls/poster-page.tsx';
import { MorePage } from './shell/more-page.tsx';
import { NothingHerePage } from './shell/nothing-here-page.tsx';
import { Shell } from './shell/shell.tsx';
import { TodayPage } from './today/today-page.tsx';
import { EditTopicPage } from './topics/edit-topic-page.tsx';
import { NewTopicPage } from './topics/new-topic-page.tsx';
import { TopicPage } from './topics/topic-page.tsx';
import { TopicsPage } from './topics/topics-page.tsx';

/** Every address of the console. */
export function createConsoleRouter() {
  return createBrowserRouter([
    {
      path: '/console',
      element: <Root />,
      errorElement: <BrokenPage />,
      children: [
        { path: 'sign-in', element: <SignInPage /> },
        {
          element: (
            <SessionProvider>
              <Shell />
            </SessionProvider>
          ),
          children: PAGES,
        },
      ],
    },
  ]);
}

const PAGES = [
  { index: true, element: <TodayPage /> },
  { path: 'concerns/new', element: <NewConcernPage /> },
  { path: 'concerns/:id?', element: <ConcernsPage /> },
  { path: 'topics', element: <TopicsPage /> },
  { path: 'topics/new', element: <NewTopicPage /> },
  { path: 'topics/:id', element: <TopicPage /> },
  { path: 'topics/:id/edit', element: <EditTopicPage /> },
  { path: 'topics/:id/outcome', element: <OutcomePage /> },
  { path: 'polls', element: <PollsPage /> },
  { path: 'polls/new', element: <NewPollPage /> },
  { path: 'polls/:id', element: <PollPage /> },
  { path: 'polls/:id/papers', element: <PaperPage /> },
  { path: 'polls/:id/poster', element: <PosterPage /> },
  { path: 'meetings', element: <MeetingsPage /> },
  { path: 'meetings/new', element: <NewMeetingPage /> },
  { path: 'meetings/:id', element: <MeetingPage /> },
  { path: 'assignments', element: <AssignmentsPage /> },
  { path: 'assignments/:id', element: <AssignmentPage /> },
  { path: 'notices', element: <NoticesPage /> },
  { path: 'notices/new', element: <NewNoticePage /> },
  { path: 'notices/:id', element: <NoticePage /> },
  { path: 'people', element: <PeoplePage /> },
  { path: 'people/roster', element: <RosterPage /> },
  { path: 'people/verifications', element: <VerificationsPage /> },
  { path: 'people/lists', element: <ListsPage /> },
  { path: 'people/import', element: <ImportPage /> },
  { path: 'groups', element: <GroupsPage /> },
  { path: 'operations', element: <OperationsPage /> },
  { path: 'account', element: <AccountPage /> },
  { path: 'more', element: <MorePage /> },
  { path: '*', element: <NothingHerePage /> },
];

function Root() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  );
}

/** The page itself failed: what was written is in the drafts, a reload brings it back. */
function BrokenPage() {
  const error = useRouteError();
  return (
    <main className="waiting">
      <h1>这一页出了差错</h1>
      <p>写的还在这台电脑里。重新打开这一页，就接着写。</p>
      <p className="quiet">{error instanceof Error ? error.name : ''}</p>
      <a className="button button-primary" href="/console/">
        回到今天
      </a>
    </main>
  );
}
