/*
 * A node's program that is a process of its own, in whatever language
 * (inputs/processes.h): module process sends it each event as a line of JSON,
 * and carries out its answer, another line.  Between the two no virtual time
 * passes.  An answer is recorded, and so an input: where the process is not run
 * the run has the recorded answers to the same questions.
 */
#include "bindings/lua_program.h"

#include "base/dates.h"
#include "base/err.h"
#include "base/i18n.h"
#include "bindings/lua_message_in.h"
#include "msg/header_names.h"
#include "text/json.h"

#include <stdio.h>
#include <string.h>

/* Steps (script/sandbox.h) that a question costs. */
#define ASK_STEPS 5000

int
lua_fn_quote(lua_State *L)
{
	struct buf *b = &lua_program_of(L)->answered;
	struct str text = sandbox_tostring(L, 1);

	sandbox_charge(L, 1 + text.n / 8);
	buf_clear(b);
	json_put_str(b, text);
	if (b->err != 0)
		sandbox_error(L, "%s", err_text(b->err));
	lua_pushlstring(L, buf_cstr(b), b->n);
	return 1;
}

/* ---- a message as members of an object ---- */

/* ,"key":"text" where there is a text. */
static void
put_text_of(struct buf *b, const char *key, struct str text)
{
	if (text.n == 0)
		return;
	buf_printf(b, ",\"%s\":", key);
	json_put_str(b, text);
}

static bool
has_name_before(const struct msg *m, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(m->fields[k].name, m->fields[i].name))
			return true;
	return false;
}

/* Each name once, with the list of its values. */
static void
put_headers(struct buf *b, const struct msg *m)
{
	const char *between = ",\"headers\":{";

	for (size_t i = 0; i < m->nfields; i++) {
		struct str name = m->fields[i].name;
		char open = '[';

		if (has_name_before(m, i))
			continue;
		buf_puts(b, between);
		json_put_str(b, name);
		buf_putc(b, ':');
		for (size_t k = i; k < m->nfields; k++) {
			if (!str_eq(m->fields[k].name, name))
				continue;
			buf_putc(b, open);
			json_put_str(b, m->fields[k].value);
			open = ',';
		}
		buf_putc(b, ']');
		between = ",";
	}
	buf_puts(b, m->nfields > 0 ? "}" : ",\"headers\":{}");
}

/* tell(message): its members, each behind a comma. */
int
lua_fn_tell(lua_State *L)
{
	const struct lua_message *h = lua_to_message(L);
	struct buf *b = &lua_program_of(L)->answered;
	const struct msg *m = h->m;
	struct msg_cseq cseq = { 0, STR_NULL };
	struct msg_via via;

	sandbox_charge(L, 1 + m->bytes.n / 8);
	if (!m->request)
		msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
	buf_clear(b);
	put_text_of(b, "method", m->request ? m->method_name : cseq.method);
	put_text_of(b, "uri", m->uri);
	if (!m->request)
		buf_printf(b, ",\"status\":%u", (unsigned)m->status);
	put_text_of(b, "reason", m->reason);
	put_text_of(b, "source", str_of(h->source));
	if (msg_top_via(m, &via) == 0)
		put_text_of(b, "transport", via.transport);
	put_headers(b, m);
	buf_puts(b, ",\"body\":");
	json_put_str(b, m->body);
	if (b->err != 0)
		sandbox_error(L, "%s", err_text(b->err));
	lua_pushlstring(L, buf_cstr(b), b->n);
	return 1;
}

/* ---- an answer as a table ---- */

static void push_json(lua_State *L, struct buf *word, struct json_value v);

static void
push_json_text(lua_State *L, struct buf *word, struct json_value v)
{
	buf_clear(word);
	if (json_text(v, word) != 0)
		sandbox_error(L, "%s", err_text(ERR_NOMEM));
	lua_pushlstring(L, buf_cstr(word), word->n);
}

static void
push_json_number(lua_State *L, struct str raw)
{
	char digits[40];

	snprintf(digits, sizeof(digits), "%.*s", STR_ARG(raw));
	if (lua_stringtonumber(L, digits) == 0)
		lua_pushinteger(L, 0);
}

static void
push_members(lua_State *L, struct buf *word, struct json_value v)
{
	struct json_value member;
	struct str key;
	lua_Integer n = 0;
	size_t at = 0;

	lua_newtable(L);
	while (json_next(v.raw, &at, &key, &member) == 1) {
		/* A key stands between the quotes of a text. */
		if (v.type == JSON_OBJECT)
			push_json_text(L, word,
			    (struct json_value){
				JSON_STRING, { key.p - 1, key.n + 2 } });
		else
			lua_pushinteger(L, ++n);
		push_json(L, word, member);
		lua_rawset(L, -3);
	}
}

static void
push_json(lua_State *L, struct buf *word, struct json_value v)
{
	luaL_checkstack(L, 4, NULL);
	switch (v.type) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		push_members(L, word, v);
		break;
	case JSON_STRING:
		push_json_text(L, word, v);
		break;
	case JSON_NUMBER:
		push_json_number(L, v.raw);
		break;
	case JSON_BOOL:
		lua_pushboolean(L, json_is_true(v));
		break;
	default:
		lua_pushnil(L);
	}
}

/* ---- asking ---- */

/* The answer that the inputs have to a question with the hash ASKED, into P's;
 * false: none. */
static bool
find_recorded_answer(struct lua_program *p, uint64_t asked)
{
	const struct arrivals *l = p->programs->in->outside.arrivals;

	for (size_t i = p->next_answer; l != NULL && i < l->n; i++)
		if (l->list[i].what == ARRIVAL_ANSWER &&
		    l->list[i].asked == asked &&
		    strcmp(l->list[i].node, p->node->name) == 0) {
			p->next_answer = i + 1;
			buf_str(&p->answered, l->list[i].bytes);
			return true;
		}
	return false;
}

static int
ask_process(struct lua_program *p, struct str question, struct diag *d)
{
	const struct inputs *in = p->programs->in;
	const struct inputs_processes *by = in->processes;
	int err = 0;

	if (p->process == NULL)
		err = by->start(p->file, in, &p->process, d);
	if (err == 0)
		err = by->ask(p->process, question, &p->answered, d);
	if (err == 0 && p->answered.n > PROCESS_ANSWER_MAX)
		err = diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the answer of “%s” is longer than %d bytes"), p->file,
		    PROCESS_ANSWER_MAX);
	return err;
}

/* The answer to QUESTION, with the hash ASKED, into P's: that of the process,
 * which then has been asked from its beginning, else what the inputs have. */
static int
get_answer(
    struct lua_program *p, struct str question, uint64_t asked, struct diag *d)
{
	buf_clear(&p->answered);
	if (p->programs->in->processes != NULL)
		return ask_process(p, question, d);
	if (find_recorded_answer(p, asked))
		return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("“%s” has not answered this before, as it failed or was not "
	      "asked; --processes asks it"),
	    p->file);
}

/* ask(question): the answer, a table, and its number. */
int
lua_fn_ask(lua_State *L)
{
	struct lua_program *p = lua_program_of(L);
	struct str question = sandbox_tostring(L, 1), rest;
	uint64_t asked = str_hash(question);
	struct json_value v;
	struct diag d = DIAG_INIT;

	sandbox_charge(L, ASK_STEPS + question.n / 8);
	if (!inputs_is_command(str_of(p->file)))
		sandbox_error(L, _("“%s” is not a command"), p->file);
	if (get_answer(p, question, asked, &d) != 0)
		return sandbox_error_of(L, &d);
	if (d.text[0] != '\0')
		p->programs->mistaken(
		    p->programs->arg, p->node->name, p->file, &d);
	rest = buf_view(&p->answered);
	if (p->answered.err != 0)
		sandbox_error(L, "%s", err_text(p->answered.err));
	if (json_read(&rest, &v) != 0 || str_trim(rest).n > 0 ||
	    v.type != JSON_ARRAY)
		return sandbox_error(
		    L, _("its answer is not a JSON list; write [{\"do\": "
			 "\"reply\", …}], or []"));
	/* Bytes that are no UTF-8 are not kept: a trace has texts of UTF-8
	 * alone. */
	p->answers++;
	p->programs->answered(
	    p->programs->arg, p->node->name, asked, buf_cstr(&p->answered));
	sandbox_charge(L, v.raw.n / 8);
	push_json(L, &p->word, v);
	lua_pushinteger(L, p->answers);
	return 2;
}

/* ---- life ---- */

void
lua_process_end(struct lua_program *p)
{
	if (p->process != NULL)
		p->programs->in->processes->end(p->process);
	p->process = NULL;
	p->answers = 0;
}

int
lua_process_take(struct lua_programs *all, const char *command, struct diag *d)
{
	struct inputs *in = all->in;
	int err = 0;

	if (in->processes == NULL && !in->outside.asks)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("“%s” is a command, which runs with all your rights; use "
		      "--processes to allow it"),
		    command);
	in->outside.asks = true;
	for (size_t i = 0; i < in->nprograms; i++)
		if (strcmp(in->programs[i].file, command) == 0)
			return 0;
	err = inputs_know_program(in, command, "require \"process\"\n");
	return diag_fail(d, err);
}

/* ---- What time it is for a program: since the start, and by the wall ---- */

/* now(): seconds since the start. */
int
lua_fn_now(lua_State *L)
{
	lua_pushnumber(
	    L, (double)sim_now(lua_program_sim(lua_program_of(L))) / 1e9);
	return 1;
}

/* date(hours): the time of day by which people live here, or where they are so
 * many hours ahead of UTC. */
int
lua_fn_date(lua_State *L)
{
	const struct world *w = lua_program_of(L)->programs->world;
	int64_t ahead = lua_isnoneornil(L, 1) ? w->date.ahead_s
					      : luaL_checkinteger(L, 1) * 3600;
	int64_t s = world_date_now(w) + ahead;
	int64_t days = s / 86400, of_day = s % 86400;
	static const char *const names[] = { "year", "month", "day", "hour",
		"min", "sec", "wday" };
	int parts[7];

	date_of_days(days, &parts[0], &parts[1], &parts[2]);
	parts[3] = (int)(of_day / 3600);
	parts[4] = (int)(of_day / 60 % 60);
	parts[5] = (int)(of_day % 60);
	/* 1970-01-01 was a Thursday; 1 is Monday. */
	parts[6] = (int)((days + 3) % 7) + 1;
	lua_createtable(L, 0, 7);
	for (size_t i = 0; i < 7; i++) {
		lua_pushinteger(L, parts[i]);
		lua_setfield(L, -2, names[i]);
	}
	return 1;
}
