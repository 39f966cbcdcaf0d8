/*
 * A class without its network: who is let in and who is kept out, who comes
 * back as whom, what is shown to whom, votes in two rounds, who is stuck,
 * hand-ins as files.
 */
#include "base/err.h"
#include "base/folder.h"
#include "fixtures/check.h"
#include "classroom/classroom.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HANDIN(of)                                                      \
	"{\\\"kind\\\":\\\"hand-in\\\",\\\"version\\\":1,\\\"rung\\\":" \
	"\\\"0.3.0\\\",\\\"lab\\\":\\\"busy\\\",\\\"student\\\":"       \
	"\\\"" of "\\\",\\\"answers\\\":{}}"

#define IN "{\"ask\":\"join\",\"code\":\"SESAME\"}"

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
	static unsigned next;

	memset(to, 0, n);
	next++;
	memcpy(to, &next, sizeof(next));
	return 0;
}

static char cookie[CLASSROOM_TOKEN_MAX];

/* What is answered to REQUEST by who has TOKEN, at ADDRESS. */
static const char *
ask_from(const char *address, const char *token, const char *request)
{
	struct classroom_caller who = { .address = address,
		.here = strcmp(address, "127.0.0.1") == 0,
		.token = str_of(token),
		.browser = str_of(cookie),
		.now_ms = now };

	buf_clear(&out);
	CU_ASSERT_EQUAL_FATAL(
	    classroom_ask(c, &who, str_of(request), false, &out, &told), 0);
	return buf_cstr(&out);
}

static bool
answers(const char *part)
{
	return strstr(buf_cstr(&out), part) != NULL;
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

/* REQUEST, in which %s is the token AGAIN, from ADDRESS; the token that it
 * gives is WHO's, "" where it gives none. */
static void
come(size_t who, const char *address, const char *request, const char *again)
{
	char text[384];
	const char *token;

	snprintf(text, sizeof(text), request, again);
	token = strstr(ask_from(address, "", text), "\"token\":\"");
	memset(tokens[who], 0, sizeof(tokens[who]));
	if (token != NULL)
		memcpy(tokens[who], token + 9, CLASSROOM_TOKEN_MAX - 1);
}

#define AGAIN        "{\"ask\":\"join\",\"again\":\"%s\"}"
#define AGAIN_AS(nr) "{\"ask\":\"join\",\"again\":\"%s\",\"number\":\"" nr "\"}"
#define IN_AS(nr)                                                 \
	"{\"ask\":\"join\",\"code\":\"SESAME\",\"again\":\"%s\"," \
	"\"number\":\"" nr "\"}"

/* The class of the folder begins, with a list of it. */
static void
create(bool listed)
{
	const struct classroom_options o = { .code = "SESAME",
		.teacher_code = "OPENSESAME",
		.folder = folder,
		.roster = listed ? &roster : NULL,
		.secret = count_up };

	CU_ASSERT_EQUAL_FATAL(classroom_create(&c, &o), 0);
}

static void
begin_with(const char *rows)
{
	struct diag d = DIAG_INIT;

	now = 1000;
	strcpy(folder, "/tmp/rung-class-XXXXXX");
	CU_ASSERT_FATAL(mkdtemp(folder) != NULL);
	create(rows != NULL);
	if (rows != NULL)
		CU_ASSERT_EQUAL(
		    roster_read_text(&roster, str_of(rows), "names.csv", &d),
		    0);
	join(0, "127.0.0.1", "{\"ask\":\"join\",\"code\":\"OPENSESAME\"}");
	CU_ASSERT(strstr(buf_cstr(&out), "\"teacher\":true") != NULL);
	come(1, "10.0.0.2", IN_AS("7"), "");
	join(2, "10.0.0.3", "{\"ask\":\"join\",\"code\":\"SESAME\"}");
	CU_ASSERT(classroom_here(c, now) >= 2);
}

static void
begin(void)
{
	begin_with("id,name\n7,Ann Lee\n8,Bo\n");
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
	/* A wrong code costs who has it alone: its answer is held back. */
	ask_from("10.0.0.8", "", "{\"ask\":\"join\",\"code\":\"SESAM\"}");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_REFUSED);
	ask_from("10.0.0.8", "", IN);
	CU_ASSERT(answers("token"));
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STOPPED);
	end();
}

/* Who has most gives way, who is not heard of before; the teacher's seats are
 * apart. */
static void
gives_way(void)
{
	char first[CLASSROOM_TOKEN_MAX];

	begin();
	for (int i = 0; i < 2 * CLASSROOM_SEATS_MAX; i++)
		ask_from("10.0.0.7", "", IN);
	CU_ASSERT(answers("token"));
	CU_ASSERT_EQUAL(classroom_here(c, now), CLASSROOM_SEATS_MAX + 1);
	says(1, "{\"ask\":\"wait\"}", "version");
	memcpy(first, tokens[1], sizeof(first));
	join(1, "10.0.0.9", IN);
	says(1, "{\"ask\":\"wait\"}", "version");
	says(2, "{\"ask\":\"wait\"}", "version");
	says(0, "{\"ask\":\"who\"}", "\"address\":\"10.0.0.7\",\"seats\":253");
	for (int i = 0; i < 2 * CLASSROOM_TEACHERS_MAX; i++)
		join(0, "127.0.0.1",
		    "{\"ask\":\"join\",\"code\":\"OPENSESAME\"}");
	/* Where no address has more than another, those who are here stay. */
	says(0, "{\"ask\":\"put_out\",\"address\":\"10.0.0.7\"}", "\"is\":{}");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_PUT_OUT);
	for (int i = 0; i < CLASSROOM_SEATS_MAX - 3; i++) {
		char address[32];

		snprintf(
		    address, sizeof(address), "10.1.%d.%d", i / 100, i % 100);
		ask_from(address, "", IN);
		CU_ASSERT(answers("token"));
	}
	ask_from("10.0.0.1", "", IN);
	CU_ASSERT(answers("full"));
	/* Until somebody has been away for a minute. */
	now += 61000;
	ask_from("10.0.0.2", first, "{\"ask\":\"wait\"}");
	join(2, "10.0.0.1", IN);
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STOPPED);
	ask_from("10.0.0.2", first, "{\"ask\":\"wait\"}");
	CU_ASSERT(answers("version"));
	end();
}

#define OURS STR("{\"id\":1,\"is\":{\"title\":\"ours\"}}\n")

static void
shows(void)
{
	char version[64];

	begin();
	says(1, "{\"ask\":\"shown\"}", "NOTFOUND");
	says(1, "{\"ask\":\"page\",\"branch\":0}", "");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_PASSED);
	/* What a member's engine says is nobody else's. */
	CU_ASSERT_FALSE(told.shows);
	says(0, "{\"ask\":\"show\",\"on\":true,\"record\":9}", "\"is\":{}");
	says(1, "{\"ask\":\"shown\"}", "NOTFOUND");
	says(0, "{\"ask\":\"page\",\"branch\":0}", "");
	CU_ASSERT(told.shows);
	/* It is asked something else, before the page is made. */
	says(0, "{\"ask\":\"link\",\"branch\":0}", "");
	CU_ASSERT_FALSE(told.shows);
	CU_ASSERT_EQUAL(classroom_take_page(c, OURS), 0);
	says(0,
	    "{\"ask\":\"show\",\"on\":true,\"record\":12,\"link\":\"#1.A\"}",
	    "\"is\":{}");
	says(1, "{\"ask\":\"shown\"}", "\"title\":\"ours\",\"link\":\"#1.A\"");
	says(1, "{\"ask\":\"wait\"}", "\"page\":1,\"record\":12");
	/* A position without a link is still of that link. */
	says(0, "{\"ask\":\"show\",\"on\":true,\"record\":12}", "");
	says(1, "{\"ask\":\"shown\"}", "\"title\":\"ours\",\"link\":\"#1.A\"");
	/* The same page once more is still of that link. */
	CU_ASSERT_EQUAL(classroom_take_page(c, OURS), 0);
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
	says(1, "{\"ask\":\"vote\",\"option\":1}", "\"doubled\":false");
	says(1, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":false");
	/* There is a roster: a vote is a number's. */
	says(2, "{\"ask\":\"vote\",\"option\":1}", "STATE");
	says(2, "{\"ask\":\"progress\",\"number\":\"9\"}", "\"is\":{}");
	says(2, "{\"ask\":\"vote\",\"option\":1}", "STATE");
	says(2, "{\"ask\":\"progress\",\"number\":\"8\"}", "\"is\":{}");
	says(2, "{\"ask\":\"vote\",\"option\":1}", "\"doubled\":false");
	/* How it goes is not told while it goes. */
	says(1, "{\"ask\":\"wait\"}",
	    "\"open\":true,\"round\":1,\"mine\":2,\"doubled\":false,\"right\":"
	    "0,\"counts\":[]");
	says(0, "{\"ask\":\"wait\"}", "\"voted\":2");
	says(0, "{\"ask\":\"poll\",\"what\":\"again\"}", "STATE");
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(1, "{\"ask\":\"wait\"}", "\"counts\":[[1,1,0]]");
	says(1, "{\"ask\":\"vote\",\"option\":2}", "STATE");
	says(0, "{\"ask\":\"poll\",\"what\":\"again\"}", "\"is\":{}");
	says(2, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":false");
	says(0, "{\"ask\":\"poll\",\"what\":\"tell\",\"right\":9}", "RANGE");
	says(
	    0, "{\"ask\":\"poll\",\"what\":\"tell\",\"right\":2}", "\"is\":{}");
	says(2, "{\"ask\":\"wait\"}",
	    "\"right\":2,\"counts\":[[1,1,0],[0,1,0]]");
	says(0, "{\"ask\":\"poll\",\"what\":\"end\"}", "\"is\":{}");
	/* What would answer it is hidden while it is open, in both rounds. */
	says(0,
	    "{\"ask\":\"poll\",\"what\":\"begin\",\"text\":\"?\","
	    "\"record\":9,\"options\":[\"a\",\"b\"]}",
	    "\"is\":{}");
	says(1, "{\"ask\":\"wait\"}", "\"hides\":9");
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(1, "{\"ask\":\"wait\"}", "\"right\":0,\"counts\"");
	says(0, "{\"ask\":\"poll\",\"what\":\"again\"}", "\"is\":{}");
	says(1, "{\"ask\":\"wait\"}", "\"hides\":9");
	says(0, "{\"ask\":\"poll\",\"what\":\"end\"}", "\"is\":{}");
	says(0, "{\"ask\":\"poll\",\"what\":\"fly\"}", "NOTFOUND");
	says(2, "{\"ask\":\"vote\",\"option\":2}", "STATE");
	end();
}

static void
hands_in(size_t who, const char *part)
{
	says(who, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN("7") "\"}", part);
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
	says(1, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN("../7") "\"}",
	    "hand in your own work");
	hands_in(1, "\"file\":\"busy-7.rung\"");
	hands_in(1, "\"file\":\"busy-7.2.rung\"");
	CU_ASSERT_EQUAL(classroom_handed_in(c), 2);
	/* Of who has left off saying where, there is no time. */
	says(0, "{\"ask\":\"who\"}",
	    "\"lab\":\"\",\"task\":0,\"record\":0,\"seconds\":0,");
	end();
}

/* ---- coming back ---- */

static void
comes_back(void)
{
	char first[CLASSROOM_TOKEN_MAX], second[CLASSROOM_TOKEN_MAX];
	size_t member;

	begin();
	says(0,
	    "{\"ask\":\"poll\",\"what\":\"begin\",\"text\":\"?\","
	    "\"options\":[\"a\",\"b\"]}",
	    "\"is\":{}");
	says(1, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":false");
	says(1, "{\"ask\":\"progress\",\"lab\":\"busy\",\"stuck\":true}",
	    "\"is\":{}");
	member = told.member;
	memcpy(first, tokens[1], sizeof(first));
	/* The same place, engine, vote; and nobody is there twice. */
	come(1, "10.0.0.2", AGAIN_AS("7"), first);
	CU_ASSERT(answers("\"teacher\":false,\"number\":\"7\",\"back\":true,"
			  "\"lab\":\"busy\",\"stuck\":true"));
	CU_ASSERT_EQUAL(told.end, CLASSROOM_ANSWERED);
	CU_ASSERT_EQUAL(told.member, member);
	CU_ASSERT_EQUAL(classroom_here(c, now), 3);
	says(1, "{\"ask\":\"wait\"}", "\"mine\":2");
	/* The other tab is told so, whatever it asks for, and does nothing. */
	ask_from("10.0.0.2", first, "{\"ask\":\"vote\",\"option\":1}");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_LEFT);
	ask_from("10.0.0.2", first, "{\"ask\":\"advance\"}");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_LEFT);
	says(1, "{\"ask\":\"wait\"}", "\"mine\":2");
	/* It may go on in its turn. */
	memcpy(second, tokens[1], sizeof(second));
	come(1, "10.0.0.2", AGAIN, first);
	CU_ASSERT(answers("\"back\":true"));
	ask_from("10.0.0.2", second, "{\"ask\":\"wait\"}");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_LEFT);
	ask_from("10.0.0.2", first, "{\"ask\":\"wait\"}");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STRANGER);
	end();
}

static void
takes_no_place(void)
{
	char token[CLASSROOM_TOKEN_MAX], request[128];

	begin();
	says(0,
	    "{\"ask\":\"poll\",\"what\":\"begin\",\"text\":\"?\","
	    "\"options\":[\"a\",\"b\"]}",
	    "\"is\":{}");
	says(1, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":false");
	memcpy(token, tokens[1], sizeof(token));
	/* Who is in already may say a number, and keeps the token. */
	says(
	    1, "{\"ask\":\"join\",\"again\":\"00\",\"number\":\"7\"}", "wrong");
	snprintf(request, sizeof(request), AGAIN_AS("7"), token);
	says(1, request, token);
	says(1, "{\"ask\":\"wait\"}", "\"mine\":2");
	/* Knowing the number is not enough, nor is any token. */
	come(2, "10.0.0.2", IN_AS("7"), "");
	CU_ASSERT(answers("\"back\":false"));
	says(2, "{\"ask\":\"wait\"}", "\"mine\":0");
	come(2, "10.0.0.2", IN_AS("7"), "00000000000000000000000000000000");
	CU_ASSERT(answers("\"back\":false"));
	come(2, "10.0.0.2", AGAIN_AS("7"), "0000");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STRANGER);
	/* At the same machine, with another number. */
	come(2, "10.0.0.2", AGAIN_AS("8"), token);
	CU_ASSERT(answers("\"number\":\"8\",\"back\":false,\"lab\":\"\""));
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STOPPED);
	says(2, "{\"ask\":\"wait\"}", "\"mine\":0");
	says(1, "{\"ask\":\"wait\"}", "\"mine\":2");
	/* Wrong tokens keep nobody out. */
	for (int i = 0; i < 20; i++)
		come(2, "10.0.0.2", AGAIN, "0000");
	come(2, "10.0.0.2", IN_AS("7"), token);
	CU_ASSERT(answers("\"back\":true"));
	/* Who has left comes back as nobody. */
	says(2, "{\"ask\":\"leave\"}", "\"is\":{}");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STOPPED);
	memcpy(token, tokens[2], sizeof(token));
	says(2, "{\"ask\":\"wait\"}", "wrong");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STRANGER);
	come(2, "10.0.0.2", AGAIN, token);
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STRANGER);
	end();
}

static void
teacher_comes_back(void)
{
	char token[CLASSROOM_TOKEN_MAX];

	begin();
	memcpy(token, tokens[0], sizeof(token));
	/* From this machine alone; with the class's code nobody becomes it. */
	come(0, "10.0.0.2", AGAIN, token);
	CU_ASSERT_EQUAL(told.end, CLASSROOM_STRANGER);
	come(0, "127.0.0.1", IN_AS(""), token);
	CU_ASSERT(answers("\"teacher\":false,\"number\":\"\",\"back\":false"));
	come(0, "127.0.0.1", AGAIN, token);
	CU_ASSERT(answers("\"teacher\":true,\"number\":\"\",\"back\":true"));
	says(0, "{\"ask\":\"who\"}", "\"who\":[]");
	/* Nor does a member by the teacher's. */
	come(2, "127.0.0.1",
	    "{\"ask\":\"join\",\"code\":\"OPENSESAME\",\"again\":\"%s\"}",
	    tokens[1]);
	CU_ASSERT(answers("\"teacher\":true,\"number\":\"\",\"back\":false"));
	end();
}

/* One who comes without a token is another member; the teacher sees the student
 * once. */
static void
is_seen_once(void)
{
	begin();
	says(1, "{\"ask\":\"progress\",\"lab\":\"busy\"}", "\"is\":{}");
	hands_in(1, "busy-7.rung");
	come(2, "10.0.0.3", IN_AS("7"), "");
	says(2, "{\"ask\":\"progress\",\"lab\":\"cancel\"}", "\"is\":{}");
	/* Both are there: one of them is not who they say. */
	says(0, "{\"ask\":\"who\"}", "\"lab\":\"busy\"");
	says(0, "{\"ask\":\"who\"}", "\"lab\":\"cancel\"");
	now += 61000;
	says(2, "{\"ask\":\"wait\"}", "version");
	says(0, "{\"ask\":\"who\"}",
	    "\"who\":[{\"number\":\"7\",\"name\":\"Ann "
	    "Lee\",\"lab\":\"cancel\"");
	CU_ASSERT(answers("\"handed_in\":1,\"address\":\"10.0.0.3\""));
	end();
}

/* A number that two say: whose it is, who is put out, what can't be kept. */
static void
keeps_apart(void)
{
	char name[96];

	begin();
	come(2, "10.0.0.3", IN_AS("7"), "");
	hands_in(2, "\"file\":\"busy-7.other1.rung\",\"doubled\":true");
	hands_in(1, "\"file\":\"busy-7.rung\",\"doubled\":true");
	for (int i = 1; i < 60; i++)
		hands_in(2, i < 50 ? "file" : "LIMIT");
	hands_in(1, "\"file\":\"busy-7.2.rung\"");
	says(1, "{\"ask\":\"progress\",\"number\":\"8\"}", "handed in");
	says(0, "{\"ask\":\"put_out\",\"member\":0}", "\"is\":{}");
	says(1, "{\"ask\":\"wait\"}", "code");
	snprintf(name, sizeof(name), "%s/busy-7.2.out.rung", folder);
	CU_ASSERT_EQUAL(access(name, F_OK), 0);
	hands_in(2, "LIMIT");
	/* Who comes next with the number is the second beside who has said it
	 * before; what is too much, or has no folder, the teacher hears. */
	folder_remove(folder);
	come(1, "10.0.0.4", IN_AS("7"), "");
	hands_in(1, "can't be saved");
	says(0, "{\"ask\":\"wait\"}",
	    "\"trouble\":\"the hand-in can't be saved");
	classroom_rest(c, now + 1);
	hands_in(1, "");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_LATER);
	end();
}

/* ---- who is who ---- */

static void
asks_class(void)
{
	says(0,
	    "{\"ask\":\"poll\",\"what\":\"begin\",\"text\":\"?\","
	    "\"options\":[\"a\",\"b\"]}",
	    "\"is\":{}");
}

static bool
has_file(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return access(path, F_OK) == 0;
}

/* Of two who hold a number the teacher says whose it is. */
static void
is_assigned(void)
{
	begin();
	hands_in(1, "\"file\":\"busy-7.rung\",\"doubled\":false");
	says(0, "{\"ask\":\"who\"}", "\"doubled\":false");
	come(2, "10.0.0.3", IN_AS("7"), "");
	hands_in(2, "\"file\":\"busy-7.other1.rung\",\"doubled\":true");
	says(0, "{\"ask\":\"who\"}", "\"doubled\":true");
	CU_ASSERT(!answers("\"doubled\":false"));
	says(2, "{\"ask\":\"assign\",\"member\":1}", "only the teacher");
	says(0, "{\"ask\":\"assign\",\"member\":99}", "NOTFOUND");
	says(0, "{\"ask\":\"assign\"}", "NOTFOUND");
	says(0, "{\"ask\":\"assign\",\"member\":2}", "\"is\":{}");
	CU_ASSERT(has_file("busy-7.other0.out.rung"));
	CU_ASSERT(has_file("busy-7.rung"));
	CU_ASSERT(!has_file("busy-7.other1.rung"));
	says(0, "{\"ask\":\"assign\",\"member\":2}", "\"is\":{}");
	CU_ASSERT(has_file("busy-7.rung"));
	says(0, "{\"ask\":\"who\"}", "\"member\":2,\"doubled\":false");
	CU_ASSERT(answers("\"member\":0,\"doubled\":true"));
	/* What comes later. */
	hands_in(2, "\"file\":\"busy-7.2.rung\",\"doubled\":false");
	hands_in(1, ".out.rung\",\"doubled\":true");
	/* By who has a number alone. */
	come(1, "10.0.0.5", IN_AS(""), "");
	says(0, "{\"ask\":\"assign\",\"member\":1}", "NOTFOUND");
	end();
}

/* The class is begun again in its folder. */
static void
begin_again(bool listed)
{
	classroom_destroy(c);
	create(listed);
	join(0, "127.0.0.1", "{\"ask\":\"join\",\"code\":\"OPENSESAME\"}");
}

static void
put_text(const char *name, const char *text)
{
	LOCAL_BUF b = BUF_INIT;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	buf_puts(&b, text);
	CU_ASSERT_EQUAL(buf_write_own_file(&b, path), 0);
}

static bool
keeps(const char *part)
{
	LOCAL_BUF b = BUF_INIT;
	char path[128];

	snprintf(path, sizeof(path), "%s/.numbers", folder);
	return buf_read_file(&b, path, 1 << 20) == 0 &&
	       strstr(buf_cstr(&b), part) != NULL;
}

static void
unlink_file(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	CU_ASSERT_EQUAL(unlink(path), 0);
}

/* What is known of numbers holds when the class is begun again. */
static void
is_begun_again(void)
{
	begin();
	hands_in(1, "\"file\":\"busy-7.rung\"");
	begin_again(true);
	come(1, "10.0.0.3", IN_AS(" 7"), "");
	hands_in(1, "\"file\":\"busy-7.other1.rung\",\"doubled\":true");
	says(0, "{\"ask\":\"who\"}", "\"doubled\":true");
	/* Who is put out stays so. */
	says(0, "{\"ask\":\"put_out\",\"member\":0}", "\"is\":{}");
	CU_ASSERT(has_file("busy-7.other1.out.rung"));
	begin_again(true);
	come(1, "10.0.0.4", IN_AS("7"), "");
	hands_in(1, "\"file\":\"busy-7.other2.rung\",\"doubled\":true");
	says(0, "{\"ask\":\"assign\",\"member\":0}", "\"is\":{}");
	CU_ASSERT(has_file("busy-7.rung"));
	CU_ASSERT(has_file("busy-7.other0.out.rung"));
	CU_ASSERT(!has_file("busy-7.other2.rung"));
	begin_again(true);
	come(1, "10.0.0.5", IN_AS("7"), "");
	hands_in(1, "\"file\":\"busy-7.other3.out.rung\",\"doubled\":true");
	/* A folder that was emptied is a new one. */
	unlink_file("busy-7.rung");
	unlink_file("busy-7.other0.out.rung");
	unlink_file("busy-7.other3.out.rung");
	unlink_file("busy-7.other1.out.rung");
	begin_again(true);
	come(1, "10.0.0.6", IN_AS("7"), "");
	hands_in(1, "\"file\":\"busy-7.rung\",\"doubled\":false");
	end();
}

/* It ends between what the teacher says and the files' names. */
static void
ends_meanwhile(void)
{
	begin_with(NULL);
	put_text("busy-1.rung", "the first's");
	put_text("busy-1.other1.rung", "the second's");
	put_text("busy-2.other1.out.rung", "renamed");
	put_text(".numbers",
	    "{\"number\":\"1\",\"browser\":\"a\",\"nth\":0,\"out\":true,"
	    "\"files\":\"busy-1.rung/\"}\n"
	    "{\"number\":\"1\",\"browser\":\"b\",\"nth\":1,\"owns\":true,"
	    "\"settled\":true,\"files\":\"busy-1.other1.rung/../x/\"}\n"
	    "{\"number\":\"2\",\"browser\":\"b\",\"nth\":1,\"out\":true,"
	    "\"files\":\"busy-2.rung/busy-2.other1.out.rung/\"}\n"
	    "{\"number\":\"3\",\"browser\":\"b\",\"nth\":1,\"ow");
	begin_again(false);
	CU_ASSERT(has_file("busy-1.other0.out.rung"));
	CU_ASSERT(has_file("busy-1.rung"));
	CU_ASSERT(!has_file("busy-1.other1.rung"));
	CU_ASSERT(has_file("busy-2.other1.out.rung"));
	CU_ASSERT(keeps("\"files\":\"busy-2.other1.out.rung/\""));
	CU_ASSERT(!keeps("x/"));
	end();
}

/* Numbers that were said alone: the first two of each, of an address half. */
static void
is_said(void)
{
	char request[128];

	begin_with(NULL);
	CU_ASSERT(keeps("\"number\":\"7\""));
	/* A slip of the fingers is nobody's number. */
	says(2, "{\"ask\":\"progress\",\"number\":\"9\"}", "\"is\":{}");
	CU_ASSERT(keeps("\"number\":\"9\""));
	says(2, "{\"ask\":\"progress\",\"number\":\"8\"}", "\"is\":{}");
	CU_ASSERT(!keeps("\"number\":\"9\""));
	for (int i = 0; i < 600; i++) {
		snprintf(request, sizeof(request),
		    "{\"ask\":\"join\",\"code\":\"SESAME\","
		    "\"number\":\"n%d\"}",
		    i);
		ask_from("10.0.0.9", "", request);
	}
	CU_ASSERT(keeps("\"n500\""));
	CU_ASSERT(!keeps("\"n512\""));
	come(1, "10.0.0.4", IN_AS("another"), "");
	CU_ASSERT(keeps("\"another\""));
	for (int i = 0; i < 3; i++)
		come(1, "10.0.0.4", IN_AS("another"), "");
	begin_again(false);
	come(1, "10.0.0.4", IN_AS("n1"), "");
	says(1, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN("n1") "\"}",
	    "\"doubled\":true");
	end();
	/* With a list, its numbers alone. */
	begin();
	come(1, "10.0.0.4", IN_AS("another"), "");
	CU_ASSERT(keeps("\"7\"") && !keeps("another"));
	end();
}

#define QUESTIONS(text)                                                   \
	"{\"ask\":\"question_mark\",\"lab\":\"busy\",\"nth\":2,\"text\":" \
	"\"" text "\"}"
#define NOTES(number, text)                                         \
	"{\"ask\":\"note\",\"lab\":\"a/busy\",\"number\":\"" number \
	"\",\"text\":\"" text "\"}"

static void
comments(void)
{
	char most[2100], request[2300];

	begin();
	says(1, QUESTIONS("Why <b>?\\nWhy."), "\"file\":\"busy-7.question\"");
	says(1, QUESTIONS("Again."), "\"file\":\"busy-7.2.question\"");
	says(0, "{\"ask\":\"who\"}", "\"question\":\"3: Again.\"");
	/* Nothing, control characters, too much, a name that leads elsewhere.
	 */
	says(1, QUESTIONS(" "), "SYNTAX");
	says(1, QUESTIONS("\\u001b[31m"), "SYNTAX");
	says(1, QUESTIONS("\\u0000"), "");
	CU_ASSERT(!has_file("busy-7.3.question"));
	memset(most, 'x', sizeof(most));
	most[2001] = '\0';
	snprintf(request, sizeof(request), QUESTIONS("%s"), most);
	says(1, request, "LIMIT");
	most[2000] = '\0';
	snprintf(request, sizeof(request), QUESTIONS("%s"), most);
	says(1, request, "busy-7.3.question");
	says(1,
	    "{\"ask\":\"question_mark\",\"lab\":\"../x\",\"nth\":0,\"text\":"
	    "\"?\"}",
	    "NOTFOUND");
	says(1,
	    "{\"ask\":\"question_mark\",\"lab\":\"busy\",\"nth\":12,"
	    "\"text\":\"?\"}",
	    "RANGE");
	says(1,
	    "{\"ask\":\"question_mark\",\"lab\":\"busy\\nstudent: "
	    "8\",\"nth\":0,\"text\":\"?\"}",
	    "NOTFOUND");
	/* Nobody's; the teacher's alone. */
	come(2, "10.0.0.3", IN_AS(""), "");
	says(2, QUESTIONS("Mine?"), "STATE");
	says(1, NOTES("7", "I am good."), "teacher");
	says(0, NOTES("7", "Good."), "\"file\":\"notes/a_2fbusy.7.txt\"");
	says(0, NOTES("7", "Better."), "\"file\":\"notes/a_2fbusy.7.txt\"");
	CU_ASSERT(has_file("notes/a_2fbusy.7.txt"));
	says(0, NOTES("", "Whose?"), "SYNTAX");
	/* A member that is put out has asked nothing. */
	says(0, "{\"ask\":\"put_out\",\"member\":0}", "\"is\":{}");
	CU_ASSERT(has_file("busy-7.out.question"));
	CU_ASSERT(!has_file("busy-7.question"));
	end();
}

/* What students say of themselves is shown to others: none of it steers a
 * terminal, looks like another's, or leads to another folder. */
static void
shown_to_others(void)
{
	static const char *const numbers[] = { "7\\u034f", "7\\u115f",
		"7\\u180e", "7\\u200b", "7\\ufe0f", "7\\u202e1", "7\\u0301",
		"7\\u3164", "7\\u0001", "\\u001b[1m7" };
	static const char *const labs[] = { "\\u001b[2Jbusy", "a\\u202eb",
		"../../etc", "/etc", "a/../b", "busy\\u034f", "..", "b\\nc" };
	char request[300];

	begin();
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		snprintf(request, sizeof(request),
		    "{\"ask\":\"progress\",\"lab\":\"busy\",\"number\":"
		    "\"%s\"}",
		    numbers[i]);
		says(2, request, "SYNTAX");
	}
	for (size_t i = 0; i < sizeof(labs) / sizeof(labs[0]); i++) {
		snprintf(request, sizeof(request),
		    "{\"ask\":\"progress\",\"lab\":\"%s\"}", labs[i]);
		says(1, request, "there is no lab");
		snprintf(request, sizeof(request),
		    "{\"ask\":\"question_mark\",\"lab\":\"%s\",\"nth\":0,"
		    "\"text\":\"?\"}",
		    labs[i]);
		says(1, request, "there is no lab");
	}
	says(1,
	    "{\"ask\":\"hand_in\",\"text\":\"{\\\"kind\\\":\\\"hand-in\\\","
	    "\\\"lab\\\":\\\"../../etc\\\",\\\"student\\\":\\\"7\\\","
	    "\\\"answers\\\":{}}\"}",
	    "there is no lab");
	end();
}

/* One that has taken many numbers and is gone is known by its files. */
static void
is_marked_for_good(void)
{
	begin();
	come(2, "10.0.0.3", IN_AS("8"), "");
	says(2, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN("8") "\"}",
	    "\"doubled\":false");
	says(2, "{\"ask\":\"leave\"}", "\"is\":{}");
	now += 100000;
	for (int i = 0; i < 300; i++)
		come(2, "10.0.0.3", IN_AS("99"), "");
	come(2, "10.0.0.4", IN_AS("8"), "");
	says(2, "{\"ask\":\"progress\",\"lab\":\"busy\"}", "\"is\":{}");
	says(2, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN("8") "\"}",
	    "\"doubled\":true");
	CU_ASSERT(answers(".other"));
	end();
}

/* With a word a number is whose the word is. */
static void
belongs_to_the_word(void)
{
	begin_with("id,name,word\n8,Bo,\n7,Cy,late\n6,Di, Blue Sky \n"
		   "6,Di,red\n5,\x01,\x02\n");
	/* Member 1 came as 7, without its word. */
	CU_ASSERT(tokens[1][0] == '\0');
	come(1, "10.0.0.2", IN_AS("6"), "");
	CU_ASSERT(answers("word"));
	CU_ASSERT_EQUAL(told.end, CLASSROOM_REFUSED);
	CU_ASSERT(tokens[1][0] == '\0');
	come(1, "10.0.0.2",
	    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"6\","
	    "\"word\":\"red%s\"}",
	    "");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_REFUSED);
	come(1, "10.0.0.2",
	    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\" 6\","
	    "\"word\":\"%s\"}",
	    "");
	CU_ASSERT_EQUAL(told.end, CLASSROOM_REFUSED);
	come(1, "10.0.0.2",
	    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"6\","
	    "\"word\":\"blue sky%s\"}",
	    "");
	CU_ASSERT(answers("too many wrong words for 6; try again in 1 s"));
	now += 1000;
	come(1, "10.0.0.2",
	    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"6\","
	    "\"word\":\"blue sky%s\"}",
	    "");
	CU_ASSERT(answers("\"number\":\"6\""));
	/* The same student elsewhere, and on coming back. */
	come(2, "10.0.0.3",
	    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"6\","
	    "\"word\":\"BLUE SKY%s\"}",
	    "");
	says(2, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN("6") "\"}",
	    "\"file\":\"busy-6.rung\",\"doubled\":true");
	says(1, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN("6") "\"}",
	    "\"file\":\"busy-6.2.rung\",\"doubled\":true");
	come(1, "10.0.0.2", AGAIN_AS("6"), tokens[1]);
	CU_ASSERT(answers("\"back\":true"));
	/* No other way to the number. */
	come(2, "10.0.0.3", IN_AS(""), "");
	says(2, "{\"ask\":\"progress\",\"number\":\"6\"}", "word");
	says(2, "{\"ask\":\"progress\",\"number\":\" 6 \"}", "word");
	says(2, "{\"ask\":\"hand_in\",\"text\":\"" HANDIN("6") "\"}", "word");
	says(2, "{\"ask\":\"progress\",\"number\":\"8\"}", "\"is\":{}");
	come(1, "127.0.0.1",
	    "{\"ask\":\"join\",\"code\":\"OPENSESAME\",\"number\":\"6%s\"}",
	    "");
	CU_ASSERT(answers("\"teacher\":true"));
	/* Words are told nobody. */
	says(0, "{\"ask\":\"who\"}", "\"who\"");
	CU_ASSERT(!answers("lue") && !answers("late"));
	end();
}

/* Who tries words all the time, over 200 connections, has tried few of a list
 * of 1,500 after ten minutes; the student enters at once meanwhile, and the
 * teacher sees it. */
static void
words_are_not_tried_out(void)
{
	unsigned looked = 0;

	begin_with("id,name,word\n6,Di,plum\n5,Ed,pear\n");
	for (int i = 0; i < 10 * 60 * 200; i++) {
		char request[160];

		snprintf(request, sizeof(request),
		    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"6\","
		    "\"word\":\"word%d\"}",
		    i % 1500);
		now += 5;
		looked += strstr(ask_from("10.0.0.66", "", request),
			      "type the word") != NULL;
		CU_ASSERT_EQUAL(told.end, CLASSROOM_REFUSED);
		if (i % 20000 != 0)
			continue;
		come(2, "10.0.0.3",
		    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"6\","
		    "\"word\":\"plum%s\"}",
		    "");
		CU_ASSERT(answers("\"number\":\"6\""));
		/* Nor does who lacks a word bar others at his address. */
		come(1, "10.0.0.66",
		    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"5\","
		    "\"word\":\"pear%s\"}",
		    "");
		CU_ASSERT(answers("\"number\":\"5\""));
	}
	CU_ASSERT(looked >= 6 && looked <= 16);
	says(0, "{\"ask\":\"who\"}",
	    "\"guesses\":[{\"number\":\"6\",\"name\":\"Di\",\"address\":"
	    "\"10.0.0.66\",\"tries\":");
	end();
}

/* One browser is one line, with all numbers that it has said. */
static void
has_one_row(void)
{
	begin();
	says(1, "{\"ask\":\"progress\",\"lab\":\"busy\",\"stuck\":true}",
	    "\"is\":{}");
	for (int i = 0; i < 40; i++) {
		char request[160];

		snprintf(request, sizeof(request),
		    "{\"ask\":\"join\",\"again\":\"%s\",\"number\":\"n%d\"}",
		    tokens[1], i);
		come(2, "10.0.0.2", request, "");
		says(2, "{\"ask\":\"progress\",\"lab\":\"busy\"}", "\"is\":{}");
	}
	says(0, "{\"ask\":\"who\"}", "\"number\":\"n39\"");
	CU_ASSERT(answers("\"also\":\"7, n0, n1,"));
	CU_ASSERT_PTR_NULL(
	    strstr(strstr(buf_cstr(&out), "number") + 1, "\"number"));
	end();
}

static void
leaves(void)
{
	begin();
	asks_class();
	says(1, "{\"ask\":\"progress\",\"lab\":\"busy\",\"stuck\":true}",
	    "\"is\":{}");
	hands_in(1, "file");
	says(1, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":false");
	says(1, "{\"ask\":\"leave\"}", "\"is\":{}");
	says(0, "{\"ask\":\"who\"}", "\"stuck\":false");
	CU_ASSERT(!answers("\"stuck\":true"));
	/* Its seat is another's, more than once. */
	now += 100000;
	for (int i = 0; i < 600; i++)
		come(2, "10.0.0.9", IN_AS("1"), "");
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}", "\"counts\":[[0,1]]");
	/* Two browsers vote for its number: none of that counts. */
	says(0, "{\"ask\":\"poll\",\"what\":\"again\"}", "\"is\":{}");
	come(1, "10.0.0.4", IN_AS("7"), "");
	says(1, "{\"ask\":\"vote\",\"option\":1}", "\"doubled\":false");
	come(2, "10.0.0.5", IN_AS(" 7"), "");
	says(2, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":true");
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}",
	    "\"counts\":[[0,1],[0,0]],\"disputed\":[0,1]");
	CU_ASSERT(!answers("most"));
	end();
}

/* One browser has one vote, also after it has left, whoever it says it is; one
 * that has said words is more than one person's. */
static void
has_one_ballot(bool words)
{
	begin_with(words ? "id,name,word\n7,Ann,ash\n8,Bo,elm\n"
			 : "id,name\n7,Ann\n8,Bo\n");
	asks_class();
	for (int i = 0; i < 4; i++) {
		char request[200];

		snprintf(request, sizeof(request),
		    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":\"%d\","
		    "\"word\":\"%s\"}",
		    7 + i % 2, i % 2 ? "elm" : "ash");
		come(1, "10.0.0.3", request, "");
		memcpy(cookie, told.browser, sizeof(cookie));
		says(1, "{\"ask\":\"vote\",\"option\":1}", "");
		says(1, "{\"ask\":\"leave\"}", "\"is\":{}");
	}
	memset(cookie, 0, sizeof(cookie));
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}",
	    words ? "\"counts\":[[2,0]]" : "\"counts\":[[1,0]]");
	end();
}

static void
ballots(void)
{
	has_one_ballot(false);
	has_one_ballot(true);
}

/* A vote that another browser cast for a number is not replaced: neither counts
 * until the teacher says whose the number is. */
static void
is_disputed(void)
{
	begin();
	asks_class();
	says(1, "{\"ask\":\"vote\",\"option\":1}", "\"doubled\":false");
	says(0, "{\"ask\":\"wait\"}", "\"voted\":1");
	come(2, "10.0.0.3", IN_AS("7"), "");
	says(2, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":true");
	/* Both are told, and see their own. */
	says(1, "{\"ask\":\"wait\"}", "\"mine\":1,\"doubled\":true");
	says(2, "{\"ask\":\"wait\"}", "\"mine\":2,\"doubled\":true");
	says(0, "{\"ask\":\"wait\"}", "\"voted\":0");
	says(1, "{\"ask\":\"progress\",\"lab\":\"busy\"}", "\"is\":{}");
	says(2, "{\"ask\":\"progress\",\"lab\":\"busy\"}", "\"is\":{}");
	says(0, "{\"ask\":\"who\"}", "\"doubled\":true");
	CU_ASSERT(!answers("\"doubled\":false"));
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}", "\"counts\":[[0,0]],\"disputed\":[1]");
	says(0, "{\"ask\":\"assign\",\"member\":2}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}", "\"counts\":[[0,1]],\"disputed\":[0]");
	says(0, "{\"ask\":\"assign\",\"member\":0}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}", "\"counts\":[[1,0]],\"disputed\":[0]");
	/* Who does not have the number has no vote of it, first or alone. */
	says(0, "{\"ask\":\"poll\",\"what\":\"again\"}", "\"is\":{}");
	says(2, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":true");
	says(0, "{\"ask\":\"wait\"}", "\"voted\":0");
	says(1, "{\"ask\":\"vote\",\"option\":1}", "\"doubled\":false");
	says(0, "{\"ask\":\"wait\"}", "\"voted\":1");
	/* Who is put out has disputed nothing. */
	asks_class();
	come(2, "10.0.0.3", IN_AS("8"), "");
	says(2, "{\"ask\":\"vote\",\"option\":1}", "\"doubled\":false");
	come(1, "10.0.0.4", IN_AS("8"), "");
	says(1, "{\"ask\":\"vote\",\"option\":2}", "\"doubled\":true");
	says(0, "{\"ask\":\"put_out\",\"member\":4}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}", "\"voted\":1");
	end();
	/* With the number's word it is the same voter in another browser. */
	begin_with("id,name,word\n7,Cy,\n6,Di,blue\n");
	asks_class();
	come(1, "10.0.0.2", IN_AS("6") "", "");
	for (size_t who = 1; who < 3; who++) {
		come(who, "10.0.0.2",
		    "{\"ask\":\"join\",\"code\":\"SESAME\",\"number\":"
		    "\"6\",\"word\":\"blue%s\"}",
		    "");
		says(who, "{\"ask\":\"vote\",\"option\":2}",
		    "\"doubled\":false");
	}
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}", "\"counts\":[[0,1]],\"disputed\":[0]");
	end();
}

/* Without a roster the result has the most votes of one address. */
static void
tells_addresses(void)
{
	begin_with(NULL);
	asks_class();
	says(1, "{\"ask\":\"vote\",\"option\":1}", "\"doubled\":false");
	for (int i = 0; i < 5; i++) {
		come(2, "10.0.0.3", IN_AS("1"), "");
		ask_from(
		    "10.0.0.3", tokens[2], "{\"ask\":\"vote\",\"option\":2}");
	}
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(1, "{\"ask\":\"wait\"}", "\"counts\":[[1,5]],\"most\":[5]");
	/* More than a class has: those of others stay. */
	says(0, "{\"ask\":\"poll\",\"what\":\"again\"}", "\"is\":{}");
	come(1, "10.0.0.4", IN_AS("2"), "");
	says(1, "{\"ask\":\"vote\",\"option\":1}", "\"doubled\":false");
	for (int i = 0; i < 1500; i++) {
		come(2, "10.0.0.3", IN_AS("1"), "");
		ask_from(
		    "10.0.0.3", tokens[2], "{\"ask\":\"vote\",\"option\":2}");
	}
	says(0, "{\"ask\":\"poll\",\"what\":\"close\"}", "\"is\":{}");
	says(0, "{\"ask\":\"wait\"}", "\"counts\":[[1,5],[1,");
	end();
}

CHECK_MAIN("classroom", { "letting in", lets_in }, { "giving way", gives_way },
    { "whose work counts", keeps_apart }, { "coming back", comes_back },
    { "nobody's place", takes_no_place },
    { "the teacher's", teacher_comes_back }, { "once", is_seen_once },
    { "assigning", is_assigned }, { "beginning again", is_begun_again },
    { "ending meanwhile", ends_meanwhile }, { "saying", is_said },
    { "marked", is_marked_for_good }, { "words", belongs_to_the_word },
    { "tried words", words_are_not_tried_out }, { "one row", has_one_row },
    { "leaving", leaves }, { "disputed votes", is_disputed },
    { "ballots", ballots }, { "shown to others", shown_to_others },
    { "addresses", tells_addresses }, { "showing", shows }, { "voting", votes },
    { "working", works }, { "questions and notes", comments })
