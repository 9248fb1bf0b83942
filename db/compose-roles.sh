#!/bin/sh
# Runs db/roles.sql in the container of compose.yaml when its database is made.
set -eu

# $1 as the replacement part of a sed command
escaped() {
  printf '%s' "$1" | sed -e 's/[&\\|]/\\&/g'
}

sql_text=$(printf '%s' "$WITAN_DB_PASSWORD" | sed -e "s/'/''/g")
sed -e "s|\${login}|$(escaped "$WITAN_DB_USER")|g" \
  -e "s|\${password}|$(escaped "$sql_text")|g" \
  -e "s|\${database}|$(escaped "$POSTGRES_DB")|g" "${WITAN_ROLES_SQL:-/witan/roles.sql}" |
  psql --set ON_ERROR_STOP=1 --quiet --username=postgres --dbname="$POSTGRES_DB"
