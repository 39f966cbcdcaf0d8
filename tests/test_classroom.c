/*
 * A class without its network: who is let in and who is kept out, what is shown
 * to whom, votes in two rounds, who is stuck, hand-ins as files.
 */
#include "base/err.h"
#include "base/folder.h"
#include "check.h"
#include "classroom/classroom.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HANDIN                                                          \
	"{\\\"kind\\\":\\\"hand-in\\\",\\\"version\\\":1,\\\"rung\\\":" \
	"\\\"0.2.0\\\",\\\"lab\\\":\\\"busy\\\",\\\"student\\\":"       \
	"\\\"../7\\\",\\\"answers\\\":{}}"

static struct classroom *c;
static struct roster roster;
static struct buf out;
static struct classroom_told told;
static char folder[64];
static char tokens[3][CLASSROOM_TOKEN_MAX]; /* the teacher's, two members' */
static int64_t now;

static int
count_up(void *to, size_t n)
{
	static unsigned char next;

	memset(to, ++next, n);
	return 0;
}

/* What is answered to REQUEST by who has TOKEN, at ADDRESS. */
static const char *
ask_from(const char *address, const char *token, const char *request)
{
	struct classroom_caller who = { .address = address,
		.here = strcmp(address, "127.0.0.1") == 0,
		.token = str_of(token),
		.now_ms = now };

	buf_clear(&out);
	CU_ASSERT_EQUAL_FATAL(
	    classroom_ask(c, &who, str_of(request), false, &out, &told), 0);
	return buf_cstr(&out);
}

static void
says(size_t who, const char *request, const char *part)
{
	const char *answer = ask_from("10.0.0.2", tokens[who], request);

	if (strstr(answer, part) == NULL)
		printf("  %s\n  %.300s\n", request, answer);
	CU_ASSERT(strstr(answer, part) != NULL);
}

static void
join(size_t who, const char *address, const char *request)
{
	const char *answer = ask_from(address, "", request);
	const char *token = strstr(answer, "\"token\":\"");

	CU_ASSERT_FATAL(token != NULL);
	memcpy(tokens[who], token + 9, CLASSROOM_TOKEN_MAX - 1);
}

static void
begin(void)
{
	struct classroom_options o = { .code = "SESAME",
		.teacher_code = "OPENSESAME",
		.folder = folder,
		.roster = &roster,
		.secret = count_up };
	struct diag d = DIAG_INIT;

	now = 1000;
	strcpy(folder, "/tmp/rung-class-XXXXXX");
	CU_ASSERT_FATAL(mkdtemp(folder) != NULL);
	CU_ASSERT_EQUAL_FATAL(classroom_create(&c, &o), 0);
	CU_ASSERT_EQUAL(roster_read_text(&roster, STR("id,name\n7,Ann Lee\n"),
			    "names.csv", &d),
	    0);
	join(0, "127.0.0.1", "{\"ask\":\"join\",\"code\":\"OPENSESAME\"}");
	CU_ASSERT(strstr(buf_cstr(&out), "\"teacher\":true") != NULL);
	join(1, "10.0.0.2",
	    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"7\"}");
	join(2, "10.0.0.3", "{\"ask\":\"join\",\"code\":\"SESAME\"}");
	CU_ASSERT_EQUAL(classroom_here(c, now), 3);
}

static void
end(void)
{
	classroom_destroy(c);
	folder_remove(folder);
	roster_free(&roster);
	buf_free(&out);
}

static void
lets_in(void)
{
	begin();
	/* Names of students are told on the teacher's machine alone. */
	CU_ASSERT(strstr(ask_from("10.0.0.9", "",
			     "{\"ask\":\"join\",\"code\":\"OPENSESAME\"}"),
		      "NOTFOUND") != NULL);
	CU_ASSERT(strstr(ask_from("10.0.0.9", "", "{\"ask\":\"wait\"}"),
		      "wrong") != NULL);
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STRANGER);
	CU_ASSERT(strstr(ask_from("10.0.0.9", "x", "{\"ask\":\"page\"}"),
		      "wrong") != NULL);
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STRANGER);
	for (int i = 0; i < CLASSROOM_WRONG_MAX; i++)
		ask_from(
		    "10.0.0.8", "", "{\"ask\":\"join\",\"code\":\"SESAM\"}");
	CU_ASSERT(strstr(ask_from("10.0.0.8", "",
			     "{\"ask\":\"join\",\"code\":\"SESAME\"}"),
		      "\"kind\":\"LIMIT\"") != NULL);
	/* Others are, and it is after a minute. */
	CU_ASSERT(strstr(ask_from("10.0.0.7", "",
			     "{\"ask\":\"join\",\"code\":\"SESAME\"}"),
		      "token") != NULL);
	now += CLASSROOM_BLOCKED_MS;
	CU_ASSERT(strstr(ask_from("10.0.0.8", "",
			     "{\"ask\":\"join\",\"code\":\"SESAME\"}"),
		      "token") != NULL);
	/* Full, until somebody has been away for an hour. */
	for (int i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		ask_from(
		    "10.0.0.7", "", "{\"ask\":\"join\",\"code\":\"SESAME\"}");
	CU_ASSERT(strstr(buf_cstr(&out), "full") != NULL);
	now += 3600001;
	ask_from("10.0.0.7", "", "{\"ask\":\"join\",\"code\":\"SESAME\"}");
	CU_ASSERT(strstr(buf_cstr(&out), "token") != NULL);
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STOPPED);
	end();
}

static void
shows(void)
{
	char version[64];

	begin();
	says(1, "{\"ask\":\"shown\"}", "NOTFOUND");
	says(1, "{\"ask\":\"page\",\"branch\":0}", "");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_PASSED);
	/* What a member's engine says is nobody else's. */
	CU_ASSERT_EQUAL(classroom_take_answer(c, told.member,
			    STR("{\"id\":1,\"is\":{\"title\":\"mine\"}}\n")),
	    0);
	says(0, "{\"ask\":\"show\",\"on\":true,\"record\":9}", "\"is\":{}");
	says(1, "{\"ask\":\"shown\"}", "NOTFOUND");
	says(0, "{\"ask\":\"page\",\"branch\":0}", "");
	CU_ASSERT_EQUAL(classroom_take_answer(c, told.member,
			    STR("{\"id\":1,\"is\":{\"title\":\"ours\"}}\n")),
	    0);
	says(0,
	    "{\"ask\":\"show\",\"on\":true,\"record\":12,\"link\":\"#1.A\"}",
	    "\"is\":{}");
	says(1, "{\"ask\":\"shown\"}", "\"title\":\"ours\",\"link\":\"#1.A\"");
	says(1, "{\"ask\":\"wait\"}", "\"page\":1,\"record\":12");
	snprintf(version, sizeof(version), "{\"ask\":\"wait\",\"since\":%d}",
	    atoi(strstr(buf_cstr(&out), "version") + 9));
	says(1, version, "");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_WAITS);
	says(0, "{\"ask\":\"show\",\"on\":true,\"record\":13}", "\"is\":{}");
	says(1, version, "\"record\":13");
	says(1, "{\"ask\":\"show\",\"on\":true}", "teacher");
	says(1, "{\"ask\":\"stop\"}", "\"is\":{}");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STOPPED);
	end();
}

static void
votes(void)
{
	begin();
	says(1, "{\"ask\":\"vote\",\"option\":1}", "STATE");
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "STATE");
	says(0,
	    "{\"ask\":\"poll\",\"what\":\"begin\",\"text\":\"?\","
	    "\"options\":[\"one\"]}",
	    "SYNTAX");
	says(0,
	    "{\"ask\":\"poll\",\"what\":\"begin\",\"text\":\"What comes?\","
	    "\"options\":[\"ACK\",\"BYE\",\"<b>\"]}",
	    "\"is\":{}");
	says(1, "{\"ask\":\"vote\",\"option\":4}", "RANGE");
	says(1, "{\"ask\":\"vote\",\"option\":1}", "\"is\":{}");
	says(1, "{\"ask\":\"vote\",\"option\":2}", "\"is\":{}");
	says(2, "{\"ask\":\"vote\",\"option\":1}", "\"is\":{}");
	/* How it goes is not told while it goes. */
	says(1, "{\"ask\":\"wait\"}",
	    "\"open\":true,\"round\":1,\"mine\":2,\"right\":0,\"counts\":[]");
	says(0, "{\"ask\":\"wait\"}", "\"voted\":2");
	says(0, "{\"ask\":\"poll\",\"what\":\"again\"}", "STATE");
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(1, "{\"ask\":\"wait\"}", "\"counts\":[[1,1,0]]");
	says(1, "{\"ask\":\"vote\",\"option\":2}", "STATE");
	says(0, "{\"ask\":\"poll\",\"what\":\"again\"}", "\"is\":{}");
	says(2, "{\"ask\":\"vote\",\"option\":2}", "\"is\":{}");
	says(0, "{\"ask\":\"poll\",\"what\":\"tell\",\"right\":9}", "RANGE");
	says(
	    0, "{\"ask\":\"poll\",\"what\":\"tell\",\"right\":2}", "\"is\":{}");
	says(2, "{\"ask\":\"wait\"}",
	    "\"right\":2,\"counts\":[[1,1,0],[0,1,0]]");
	says(0, "{\"ask\":\"poll\",\"what\":\"end\"}", "\"is\":{}");
	says(0, "{\"ask\":\"poll\",\"what\":\"fly\"}", "NOTFOUND");
	says(2, "{\"ask\":\"vote\",\"option\":2}", "STATE");
	end();
}

static void
works(void)
{
	begin();
	says(0, "{\"ask\":\"who\"}", "\"who\":[]");
	says(1,
	    "{\"ask\":\"progress\",\"lab\":\"busy\",\"nth\":2,\"stuck\":true}",
	    "\"is\":{}");
	now += 90000;
	says(0, "{\"ask\":\"who\"}",
	    "\"number\":\"7\",\"name\":\"Ann Lee\",\"lab\":\"busy\","
	    "\"task\":2,\"record\":0,\"seconds\":90,\"stuck\":true");
	says(2, "{\"ask\":\"who\"}", "teacher");
	says(1, "{\"ask\":\"progress\"}", "\"is\":{}");
	says(0, "{\"ask\":\"who\"}", "\"who\":[]");
	says(1, "{\"ask\":\"hand_in\",\"text\":\"{}\"}", "SYNTAX");
	says(1, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN "\"}",
	    "\"file\":\"busy-___7.rung\"");
	says(1, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN "\"}",
	    "\"file\":\"busy-___7.2.rung\"");
	CU_ASSERT_EQUAL(classroom_handed_in(c), 2);
	end();
}

CHECK_MAIN("classroom", { "letting in", lets_in }, { "showing", shows },
    { "voting", votes }, { "working", works })
