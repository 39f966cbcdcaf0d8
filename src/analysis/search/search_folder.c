/* Writes and reads the folder of a search; see search/search_folder.h. */
#include "search/search_folder.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/map.h"
#include "base/mem.h"
#include "jobs/program.h"
#include "text/json_fields.h"

#define FILE_NAME "search.json"
#define FILE_MOST (8u << 20)

/* The acts that were asked for. */
static void
write_tried(const struct search *s, struct buf *out)
{
	struct inputs asked = { .acts = s->tried.acts + s->o.wish.given_up,
		.nacts = s->tried.nacts - s->o.wish.given_up };

	inputs_write_acts(&asked, out);
}

/* The identity of search S: its inputs, and its options. */
static void
write_search(const struct search *s, struct buf *out)
{
	const struct search_wish *w = &s->o.wish;

	buf_printf(out,
	    "{\"kind\":\"search\",\"version\":1,\"rung\":\"%s\","
	    "\"osip\":\"%s\",\"faults\":%u,\"kinds\":%u,\"all\":%s,\"of\":",
	    RUNG_VERSION, RUNG_OSIP_VERSION, s->o.faults, w->kinds,
	    s->o.all ? "true" : "false");
	json_put_str(out, str_of(w->node));
	buf_puts(out, ",\"method\":");
	json_put_str(out, str_of(w->method));
	buf_puts(out, ",\"tried\":");
	write_tried(s, out);
	buf_printf(out, ",\"goals\":%zu,\"check\":\"",
	    s->o.goals != NULL ? s->o.goals->n : 0);
	buf_hex(out, s->o.goals != NULL ? s->o.goals->hash : 0, 16);
	/* Those of the run without faults: with all that they name. */
	buf_puts(out, "\",\"inputs\":");
	inputs_write(&s->base.in, out);
	inputs_write_arrivals(&s->base.in, out);
	buf_puts(out, "}\n");
}

void
search_origin_free(struct search_origin *from)
{
	buf_free(&from->file);
	buf_free(&from->words);
	buf_free(&from->lab);
	buf_free(&from->check);
	inputs_free(&from->tried);
}

/* The second line.  The folder of the file on this machine is private: of a
 * path from the root the name is kept. */
static void
put_origin(struct search_origin *from, struct buf *out)
{
	const char *file = buf_cstr(&from->file);
	struct str name = file[0] == '/' ? folder_name(file) : str_of(file);
	struct buf short_name = BUF_INIT, words = BUF_INIT, said = BUF_INIT;

	buf_str(&short_name, name);
	shell_put_word(&words, buf_cstr(&short_name));
	shell_put_word(&said, file);
	buf_str(&words, str_slice(buf_view(&from->words), said.n, SIZE_MAX));
	buf_puts(out, "{\"file\":");
	json_put_str(out, name);
	json_put_field(out, "words", buf_view(&words));
	json_put_field(out, "lab", buf_view(&from->lab));
	json_put_field(out, "check", buf_view(&from->check));
	buf_puts(out, "}\n");
	buf_end(&short_name, &out->err);
	buf_end(&words, &out->err);
	buf_end(&said, &out->err);
}

static int
is_no_search(const char *folder, struct diag *d)
{
	return diag_set(d, ERR_SYNTAX, folder, 0,
	    _("contains no search of this version of rung"));
}

/* WISH and the like as the object V has them: false where something is amiss.
 */
static bool
read_options(struct json_value v, struct search_options *o)
{
	LOCAL_BUF rung = BUF_INIT, node = BUF_INIT, method = BUF_INIT;
	int64_t faults, kinds;
	bool good = json_text(json_member(v, "rung"), &rung) == 0 &&
		    str_is(buf_view(&rung), RUNG_VERSION) &&
		    json_int(json_member(v, "faults"), &faults) == 0 &&
		    faults >= 1 && faults <= ATTEMPT_FAULTS &&
		    json_int(json_member(v, "kinds"), &kinds) == 0 &&
		    kinds > 0 && kinds <= (int64_t)FAULT_ALL &&
		    json_text(json_member(v, "of"), &node) == 0 &&
		    node.n < sizeof(o->wish.node) &&
		    json_text(json_member(v, "method"), &method) == 0 &&
		    method.n < sizeof(o->wish.method);

	if (good) {
		o->faults = (unsigned)faults;
		o->wish.kinds = (unsigned)kinds;
		o->all = str_is(json_member(v, "all").raw, "true");
		snprintf(
		    o->wish.node, sizeof(o->wish.node), "%s", buf_cstr(&node));
		snprintf(o->wish.method, sizeof(o->wish.method), "%s",
		    buf_cstr(&method));
	}
	return good;
}

int
search_folder_read(const char *folder, struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	struct store store;
	LOCAL_BUF text = BUF_INIT;
	struct json_value v, origin;
	struct str rest;
	int err;

	memset(in, 0, sizeof(*in));
	err = store_open(&store, folder, false, d);
	if (err == 0)
		err = store_read_text(&store, FILE_NAME, FILE_MOST, &text, d);
	rest = buf_view(&text);
	if (err == 0 &&
	    (json_read(&rest, &v) != 0 || v.type != JSON_OBJECT ||
		!read_options(v, o) ||
		inputs_from_json(in, json_member(v, "inputs")) != 0 ||
		inputs_read_acts(&from->tried, json_member(v, "tried")) != 0 ||
		json_read(&rest, &origin) != 0 ||
		json_text(json_member(origin, "file"), &from->file) != 0 ||
		json_text(json_member(origin, "words"), &from->words) != 0 ||
		json_text(json_member(origin, "lab"), &from->lab) != 0 ||
		json_text(json_member(origin, "check"), &from->check) != 0))
		err = ERR_SYNTAX;
	inputs_use_files(in);
	o->wish.tried = &from->tried;
	if (err == 0)
		err = inputs_read_arrivals_of(in, v, d);
	if ((err == ERR_NOTFOUND && d->err == 0) || err == ERR_SYNTAX)
		err = is_no_search(folder, d);
	store_close(&store);
	return err;
}

/* A folder without a search becomes one's where no experiment and no results
 * lie in it. */
static int
check_own(const struct store *s, struct diag *d)
{
	struct folder_names f;
	bool own = true;
	int err = folder_names_read(&f, s->folder);

	for (size_t i = 0; err == 0 && i < f.n; i++)
		own = own && strcmp(f.names[i], STORE_EXPERIMENT) != 0 &&
		      !str_starts(str_of(f.names[i]), "results");
	folder_names_free(&f);
	if (err != 0)
		return diag_fail_file(d, err, s->folder);
	return own ? 0
		   : diag_set(d, ERR_EXISTS, s->folder, 0,
			 _("contains other results and no search; give a new "
			   "folder to -o"));
}

/* 0 or D's error: there is another one. */
static int
check_search(struct search_folder *f, const struct search *s,
    struct search_origin *from, struct diag *d)
{
	LOCAL_BUF own = BUF_INIT, there = BUF_INIT;
	struct str rest, line;
	int err;

	write_search(s, &own);
	f->id = str_hash(buf_view(&own));
	err = own.err != 0
		  ? own.err
		  : store_read_text(&f->store, FILE_NAME, FILE_MOST, &there, d);
	line = str_cut(buf_view(&there), '\n', &rest);
	if (err == ERR_NOTFOUND) {
		put_origin(from, &own);
		err = check_own(&f->store, d);
		if (err == 0)
			err = store_write_file(&f->store, FILE_NAME, &own, d);
	} else if (err == 0 &&
		   !str_eq(line, str_slice(buf_view(&own), 0, own.n - 1)))
		err = diag_set(d, ERR_STATE, f->store.folder, 0,
		    _("contains another search, or one of another version; "
		      "give another folder to -o"));
	return err;
}

/* "drop@9:0:0:0+crash@41:2:0:0" */
static void
put_name(const struct search *s, size_t i, struct buf *out)
{
	struct found_fault faults[ATTEMPT_FAULTS];
	size_t n = search_faults(s, i, faults);

	for (size_t k = 0; k < n; k++)
		buf_printf(out, "%s%s@%llu:%u:%lld:%lld", k > 0 ? "+" : "",
		    fault_rows[faults[k].kind].word,
		    (unsigned long long)faults[k].after, faults[k].on,
		    (long long)faults[k].at_ns, (long long)faults[k].by_ns);
}

static int
take_result(struct str line, enum store_line *what, void *arg)
{
	struct search_folder *f = arg;
	struct str rest = line;
	struct json_value v;
	LOCAL_BUF name = BUF_INIT, id = BUF_INIT, said = BUF_INIT;
	struct verdict verdict;
	char *copy = NULL;
	int err;

	*what = STORE_BROKEN;
	buf_hex(&id, f->id, 16);
	if (json_read(&rest, &v) != 0 || v.type != JSON_OBJECT ||
	    json_text(json_member(v, "case"), &name) != 0)
		return 0;
	if (json_text(json_member(v, "id"), &said) != 0)
		return 0;
	if (!str_eq(buf_view(&said), buf_view(&id))) {
		*what = STORE_FOREIGN;
		return 0;
	}
	if (json_take_fields(verdict_fields, json_member(v, "is"), &verdict) !=
	    0)
		return 0;
	copy = mem_dup(line.p, line.n);
	err = copy == NULL ? ERR_NOMEM : 0;
	*what = STORE_TAKEN;
	if (err == 0) {
		mem_free(map_remove(f->known, buf_view(&name)));
		err = map_put(f->known, buf_view(&name), copy);
	}
	if (err != 0)
		mem_free(copy);
	return err;
}

int
search_folder_open(struct search_folder *f, const char *folder,
    const struct search *s, struct search_origin *from, bool writes,
    store_tell_fn *tell, void *arg, struct diag *d)
{
	uint64_t left_out = 0; /* they have been told */
	int err;

	*f = (struct search_folder){ .store = { .fd = -1 }, .fd = -1 };
	err = map_create(&f->known);
	if (err == 0)
		err = store_open(&f->store, folder, true, d);
	if (err == 0)
		err = check_search(f, s, from, d);
	if (err == 0)
		err = store_read_lines(
		    &f->store, take_result, f, tell, arg, &left_out, d);
	if (err == 0 && writes)
		err = store_open_results(
		    &f->store, s->o.parts > 1 ? s->o.part : 0, &f->fd, d);
	return diag_fail(d, err);
}

void
search_folder_close(struct search_folder *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	store_close(&f->store);
	map_destroy_all(f->known);
	f->known = NULL;
}

bool
search_folder_known(const struct search_folder *f, const struct search *s,
    size_t i, struct verdict *v)
{
	LOCAL_BUF name = BUF_INIT;
	struct json_value line;
	struct str rest;
	const char *text;
	bool there;

	put_name(s, i, &name);
	text = map_get(f->known, buf_view(&name));
	rest = str_of(text != NULL ? text : "");
	there =
	    text != NULL && json_read(&rest, &line) == 0 &&
	    json_take_fields(verdict_fields, json_member(line, "is"), v) == 0;
	/* Earlier versions kept runs that were killed from outside as crashed,
	 * without a reason: neither has a verdict. */
	return there && (v->outcome != OUTCOME_FAILED || v->goal != 0 ||
			    v->record != 0 || v->crash[0] != '\0');
}

int
search_folder_found(const struct search_folder *f, const struct search *s,
    size_t i, struct diag *d)
{
	LOCAL_BUF line = BUF_INIT;

	if (f->fd < 0)
		return 0;
	buf_puts(&line, "{\"id\":\"");
	buf_hex(&line, f->id, 16);
	buf_puts(&line, "\",\"case\":\"");
	put_name(s, i, &line);
	buf_puts(&line, "\",\"is\":");
	json_put_object(verdict_fields, &s->cases[i].v, &line);
	buf_puts(&line, "}\n");
	return line.err != 0
		   ? diag_fail(d, ERR_NOMEM)
		   : store_append(&f->store, f->fd, buf_view(&line), d);
}
