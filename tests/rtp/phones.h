/*
 * Two phones on a stage, 192.0.2.1 and 192.0.2.2, for tests of their media.
 */
#ifndef PHONES_H
#define PHONES_H

#include "fixtures/stage.h"

#define PHONE "answer=100ms media=true"

static struct stage s;

__attribute__((unused)) static void
begin_as(enum trace_detail detail, const char *alice, const char *bob)
{
	char attrs[200];

	CU_ASSERT_EQUAL_FATAL(stage_try_as(&s, detail), 0);
	snprintf(attrs, sizeof(attrs), "aor=sip:alice@192.0.2.1 %s", alice);
	stage_node(&s, "alice", "ua", "", 1, attrs);
	snprintf(attrs, sizeof(attrs), "aor=sip:bob@192.0.2.2 %s", bob);
	stage_node(&s, "bob", "ua", "", 2, attrs);
}

__attribute__((unused)) static void
begin(const char *alice, const char *bob)
{
	begin_as(TRACE_PROTOCOL, alice, bob);
}

__attribute__((unused)) static void
end(void)
{
	CU_ASSERT_TRUE(stage_run(&s, 120000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
}

__attribute__((unused)) static size_t
media(const char *node, const char *what)
{
	char key[40];

	snprintf(key, sizeof(key), "\"node\":\"%s\"", node);
	return stage_count(&s, KIND("media"), key, what);
}

/* Of the last `heard` or `stop` of NODE the value of KEY. */
__attribute__((unused)) static long
figure(const char *node, const char *op, const char *key)
{
	char line[60], field[40];
	const char *at = buf_cstr(&s.trace), *last = NULL, *value;

	snprintf(
	    line, sizeof(line), "\"node\":\"%s\",\"kind\":\"media\"", node);
	snprintf(field, sizeof(field), "\"%s\":", key);
	while ((at = strstr(at, line)) != NULL) {
		const char *name = strstr(at, "\"op\":\"");

		at++;
		if (name != NULL && strncmp(name + 6, op, strlen(op)) == 0 &&
		    name[6 + strlen(op)] == '"')
			last = name;
	}
	value = last != NULL ? strstr(last, field) : NULL;
	return value != NULL ? atol(value + strlen(field)) : -1;
}

/* Ten seconds of a call. */
__attribute__((unused)) static void
call(void)
{
	stage_call(&s, "alice", "sip:bob@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(&s, 10130));
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "bye", "alice/1", NULL), 0);
	CU_ASSERT_TRUE(stage_run(&s, 1000));
}

#endif
