-- What Witan needs of a PostgreSQL (16 or later) before it can migrate it. A superuser runs this
-- once, connected to the database, after replacing the three placeholders: the login role of
-- WITAN_DB_USER, its password, and the name of the database. The embedded database is prepared with
-- the same statements; for an external one Witan checks the condition above each statement at every
-- start and prints the statements whose condition does not hold.

-- The login owns nothing and inherits nothing: every connection takes up one of the roles below.
--? EXISTS (SELECT FROM pg_roles WHERE rolname = '${login}')
CREATE ROLE "${login}" LOGIN PASSWORD '${password}';

-- Owns the schemas and migrates; no person's request runs as it.
--? EXISTS (SELECT FROM pg_roles WHERE rolname = 'witan_owner')
CREATE ROLE witan_owner NOLOGIN;

-- The application. Row-level security applies to it.
--? EXISTS (SELECT FROM pg_roles WHERE rolname = 'witan_app')
CREATE ROLE witan_app NOLOGIN;
--? NOT EXISTS (SELECT FROM pg_roles WHERE rolname IN ('witan_app', 'witan_owner') AND (rolsuper OR rolbypassrls))
ALTER ROLE witan_app NOSUPERUSER NOBYPASSRLS;
ALTER ROLE witan_owner NOSUPERUSER NOBYPASSRLS;

-- Owns only the search functions, which apply the permissions themselves.
--? EXISTS (SELECT FROM pg_roles WHERE rolname = 'witan_search')
CREATE ROLE witan_search NOLOGIN BYPASSRLS;
--? EXISTS (SELECT FROM pg_roles WHERE rolname = 'witan_search' AND rolbypassrls AND NOT rolcanlogin)
ALTER ROLE witan_search NOLOGIN BYPASSRLS;

--? EXISTS (SELECT FROM pg_auth_members WHERE roleid = to_regrole('witan_owner') AND member = (SELECT oid FROM pg_roles WHERE rolname = '${login}') AND set_option AND NOT inherit_option)
GRANT witan_owner TO "${login}" WITH INHERIT FALSE, SET TRUE;
--? EXISTS (SELECT FROM pg_auth_members WHERE roleid = to_regrole('witan_app') AND member = (SELECT oid FROM pg_roles WHERE rolname = '${login}') AND set_option AND NOT inherit_option)
GRANT witan_app TO "${login}" WITH INHERIT FALSE, SET TRUE;
-- Inherited, so that a migration can grant and revoke what it has given to witan_search.
--? EXISTS (SELECT FROM pg_auth_members WHERE roleid = to_regrole('witan_search') AND member = to_regrole('witan_owner') AND set_option AND inherit_option)
GRANT witan_search TO witan_owner WITH INHERIT TRUE, SET TRUE;

--? COALESCE((SELECT has_database_privilege(oid, current_database(), 'CREATE') FROM pg_roles WHERE rolname = 'witan_owner'), false)
GRANT CONNECT, CREATE, TEMPORARY ON DATABASE "${database}" TO witan_owner;
--? COALESCE((SELECT has_database_privilege(oid, current_database(), 'CONNECT, TEMPORARY') FROM pg_roles WHERE rolname = 'witan_app'), false)
GRANT CONNECT, TEMPORARY ON DATABASE "${database}" TO witan_app;
--? COALESCE((SELECT has_database_privilege(oid, current_database(), 'CONNECT') FROM pg_roles WHERE rolname = '${login}'), false)
GRANT CONNECT ON DATABASE "${database}" TO "${login}";

--? EXISTS (SELECT FROM pg_extension WHERE extname = 'vector')
CREATE EXTENSION vector;
--? NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector' AND string_to_array(extversion, '.')::int[] < '{0,8,0}')
ALTER EXTENSION vector UPDATE;
