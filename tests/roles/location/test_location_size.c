/*
 * A location service with 100,000 bindings: storing, asking, refreshing and
 * expiring take the same time each, however many there are.  Were one of them
 * linear, this would run for minutes.
 */
#include "fixtures/stage.h"

#include <time.h>

#define USERS 100000
#define USER  "sip:u%u.%u@b.example"

static struct stage s;
static struct location *l;

static double
seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

/* What one REGISTER of user I stores. */
static void
store(unsigned i, uint32_t cseq, int64_t expires_s)
{
	struct location_contacts found = { NULL, 0 };
	struct location_update u = { .call_id = STR("c"), .cseq = cseq };
	char aor[40], uri[40];

	snprintf(aor, sizeof(aor), USER, i, i % (USERS / 2));
	snprintf(uri, sizeof(uri), "sip:u%u@192.0.2.3", i);
	u.aor = str_of(aor);
	CU_ASSERT_EQUAL_FATAL(
	    location_contacts_add(&u.contacts, str_of(uri), expires_s, 1000),
	    0);
	CU_ASSERT_EQUAL_FATAL(location_do_store(l, &u, &found), LOCATION_OK);
	CU_ASSERT_EQUAL_FATAL(found.n, expires_s > 0);
	location_contacts_free(&found);
	location_contacts_free(&u.contacts);
	if (i % 1000 == 0)
		buf_clear(&s.trace);
}

/* N contacts are found. */
static enum location_status
query(size_t n, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static enum location_status
query(size_t n, const char *fmt, ...)
{
	struct location_contacts found = { NULL, 0 };
	enum location_status status;
	char aor[60];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(aor, sizeof(aor), fmt, ap);
	va_end(ap);
	status = location_do_query(l, str_of(aor), &found);
	CU_ASSERT_EQUAL_FATAL(found.n, n);
	location_contacts_free(&found);
	return status;
}

/* User I. */
static enum location_status
ask(unsigned i, size_t n)
{
	return query(n, USER, i, i % (USERS / 2));
}

static void
many(void)
{
	double begin = seconds();

	stage_open(&s);
	stage_node(&s, "loc", "location", "b.example", 5, "ambiguous=true");
	l = node_role_state(world_find(s.w, "loc"), "location");
	for (unsigned i = 0; i < USERS; i++)
		store(i, 1, 3600);
	for (unsigned i = 0; i < USERS; i++)
		CU_ASSERT_EQUAL_FATAL(ask(i, 1), LOCATION_OK);
	/* Each number is part of two names. */
	for (unsigned i = 0; i < USERS / 2; i++)
		CU_ASSERT_EQUAL_FATAL(
		    query(2, "sip:%u@b.example", i), LOCATION_AMBIGUOUS);
	for (unsigned i = 0; i < USERS; i++)
		CU_ASSERT_EQUAL_FATAL(
		    query(0, "sip:x%u@b.example", i), LOCATION_UNKNOWN);
	for (unsigned i = 0; i < USERS; i++)
		store(i, 2, i % 2 == 0 ? 60 : 0);
	buf_clear(&s.trace);
	CU_ASSERT(stage_run(&s, 59000));
	CU_ASSERT_EQUAL(ask(0, 1), LOCATION_OK);
	CU_ASSERT(stage_run(&s, 2000));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"op\":\"expire\"", NULL),
	    USERS / 2);
	CU_ASSERT_EQUAL(ask(0, 0), LOCATION_OK);
	stage_close(&s);
	printf("  %d bindings: %.2f s\n", USERS, seconds() - begin);
	CU_ASSERT(seconds() - begin < 60);
}

CHECK_MAIN("location_size", { "many", many })
