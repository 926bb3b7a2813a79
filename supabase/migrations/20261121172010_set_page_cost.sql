-- Under the policies a filter on the organization stands beside the policy's own array of organizations, and Postgres takes the two
-- for independent: it expects 49 rows where 40,000 come, and with its cost of random pages from the days of turning disks it
-- then gathers and sorts them all for a page that an index has in order. With the cost of today's disks it walks the index:
-- 15 times as fast in mid-list. The Data API's connections begin with the settings of this role.

set local lock_timeout = '5s';

alter role authenticator set random_page_cost = 1.1;
