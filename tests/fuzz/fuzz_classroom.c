/*
 * A class: requests of the teacher ('t'), of two members ('a', 'b') and of
 * strangers, a line each, what an engine has answered ('<'), and time that
 * passes ('+'); a member comes back ('r', then which one, and the number that
 * is said).  Each is answered by a line of JSON; nobody is told another's
 * token, nor what another's engine has said, but for the teacher's page; who
 * comes back is who it was, and by the former token nothing is done.
 */
#include "fuzz.h"

#include "base/err.h"
#include "classroom/classroom.h"
#include "text/json.h"

#include <string.h>

#define JOIN(word) "{\"ask\":\"join\",\"code\":\"" word "\"}"

struct class
{
	struct classroom *c;
	struct classroom_told told;
	struct buf out;
	int64_t now;
	char tokens[3][CLASSROOM_TOKEN_MAX];
	size_t last;    /* whose engine answers next */
	bool shows;     /* it answers with a page to be shown */
	size_t teacher; /* the seat of the teacher */
};

static uint64_t secret;

/* Nothing that stands in what is asked. */
static int
make_secret(void *to, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		secret = secret * UINT64_C(6364136223846793005) + 1442695041;
		((unsigned char *)to)[i] = (unsigned char)(secret >> 33);
	}
	return 0;
}

static void
ask(struct class *f, size_t who, struct str request)
{
	struct classroom_caller caller = { .address = "192.0.2.1",
		.here = true,
		.token = who < 3 ? str_of(f->tokens[who]) : STR("nobody's"),
		.now_ms = f->now };
	struct str text;
	struct json_value v;

	buf_clear(&f->out);
	fuzz_want(classroom_ask(f->c, &caller, request, f->now % 2 == 0,
		      &f->out, &f->told) == 0);
	if (f->told.end == CLASSROOM_WAITS || f->told.end == CLASSROOM_PASSED) {
		fuzz_want(f->out.n == 0 && who < 3);
		f->last = f->told.member;
		f->shows = f->told.shows;
		fuzz_want(!f->shows || f->last == f->teacher);
		return;
	}
	text = buf_view(&f->out);
	fuzz_want(text.n > 0 && text.p[text.n - 1] == '\n');
	fuzz_want(json_read(&text, &v) == 0 && v.type == JSON_OBJECT);
	for (size_t i = 0; i < 3; i++)
		fuzz_want(f->tokens[i][0] == '\0' ||
			  str_find(buf_view(&f->out), f->tokens[i]) < 0);
}

static void
join(struct class *f, size_t who, const char *request)
{
	const char *token;

	ask(f, 3, str_of(request));
	token = strstr(buf_cstr(&f->out), "\"token\":\"");
	fuzz_want(token != NULL);
	memcpy(f->tokens[who], token + 9, CLASSROOM_TOKEN_MAX - 1);
}

/* The engine of who was passed on last: only a teacher's page is shown. */
static void
answer(struct class *f, struct str text)
{
	if (f->shows)
		fuzz_want(classroom_take_page(f->c, text) == 0);
	for (size_t i = 0; i < 3; i++)
		ask(f, i, STR("{\"ask\":\"shown\"}"));
}

/* WHO, from 0, comes back by the token that is known here; NUMBER may be
 * anything. */
static void
come_back(struct class *f, size_t who, struct str number)
{
	struct classroom_caller caller = {
		.address = "192.0.2.1", .here = true, .now_ms = f->now
	};
	char former[CLASSROOM_TOKEN_MAX];
	LOCAL_BUF request = BUF_INIT;
	const char *token;

	memcpy(former, f->tokens[who], sizeof(former));
	buf_printf(
	    &request, "{\"ask\":\"join\",\"again\":\"%s\",\"number\":", former);
	json_put_str(&request, number);
	buf_puts(&request, "}");
	buf_clear(&f->out);
	fuzz_want(classroom_ask(f->c, &caller, buf_view(&request), false,
		      &f->out, &f->told) == 0);
	token = strstr(buf_cstr(&f->out), "\"token\":\"");
	/* It was forgotten, has left, or says too long a number. */
	if (token == NULL)
		return;
	fuzz_want(strstr(token, "\"teacher\":true") == NULL || who == 0);
	if (who == 0)
		f->teacher = f->told.member;
	memcpy(f->tokens[who], token + 9, CLASSROOM_TOKEN_MAX - 1);
	if (strstr(token, "\"back\":true") == NULL)
		return;
	caller.token = str_of(former);
	buf_clear(&f->out);
	fuzz_want(classroom_ask(f->c, &caller, STR("{\"ask\":\"page\"}"), false,
		      &f->out, &f->told) == 0);
	fuzz_want(f->told.end == CLASSROOM_LEFT);
}

static void
take_line(struct class *f, struct str line)
{
	struct str rest = str_slice(line, 1, line.n);

	switch (line.n > 0 ? line.p[0] : 's') {
	case 't':
		ask(f, 0, rest);
		break;
	case 'a':
	case 'b':
		ask(f, 1 + (line.p[0] == 'b'), rest);
		break;
	case 'r':
		if (line.n > 1)
			come_back(f, (unsigned char)line.p[1] % 3,
			    str_slice(line, 2, line.n));
		break;
	case '<':
		answer(f, rest);
		break;
	case '+':
		f->now += 40001 * (int64_t)line.n;
		break;
	default:
		ask(f, 3, line);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct classroom_options o = { .code = "SESAME",
		.teacher_code = "OPENSESAME",
		.secret = make_secret };
	struct class f = { .out = BUF_INIT };
	struct str text = { (const char *)bytes, n }, line;

	secret = 1;
	fuzz_want(classroom_create(&f.c, &o) == 0);
	join(&f, 0, JOIN("OPENSESAME"));
	f.teacher = f.told.member;
	join(&f, 1, JOIN("SESAME"));
	join(&f, 2, JOIN("SESAME"));
	/* Who knows a secret may say it. */
	for (size_t i = 0; i < 3; i++)
		if (str_find(text, f.tokens[i]) >= 0 ||
		    str_find(text, "SECRET") >= 0)
			text = STR_NULL;
	while (text.n > 0) {
		line = str_cut(text, '\n', &text);
		take_line(&f, line);
	}
	classroom_destroy(f.c);
	buf_free(&f.out);
	return 0;
}
