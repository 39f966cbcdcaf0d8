/* Makes the runs that answers name: "rung run busy --set bob.busy=false". */
#include "base/err.h"
#include "base/mem.h"
#include "grade/mark.h"

void
named_runs_free(struct named_runs *r)
{
	for (size_t i = 0; i < r->n; i++) {
		mem_free(r->commands[i]);
		trace_destroy(r->traces[i]);
	}
	*r = (struct named_runs){ .n = 0 };
}

/* The next word of *REST; empty at the end. */
static struct str
next_word(struct str *rest)
{
	*rest = str_trim(*rest);
	return str_cut(*rest, ' ', rest);
}

static int
add_setting(struct variant *v, struct str text)
{
	if (v->nsettings == VARIANT_SETTINGS_MAX)
		return ERR_LIMIT;
	v->settings[v->nsettings] = mem_dup(text.p, text.n);
	return v->settings[v->nsettings++] != NULL ? 0 : ERR_NOMEM;
}

/* One word of the command: the lab, an option or its value. */
static int
take_word(struct variant *v, struct buf *lab, struct str word, struct str *rest)
{
	if (str_is(word, "--set"))
		return add_setting(v, next_word(rest));
	if (str_starts(word, "--set="))
		return add_setting(v, str_slice(word, 6, word.n));
	if (str_starts(word, "--seed=")) {
		v->has_seed = true;
		return str_u64(str_slice(word, 7, word.n), &v->seed);
	}
	if (str_starts(word, "-") || lab->n > 0)
		return ERR_SYNTAX;
	buf_str(lab, word);
	return lab->err;
}

static int
read_command(struct str text, struct buf *lab, struct variant *v)
{
	int err = 0;

	*v = VARIANT_INIT;
	while (err == 0 && str_trim(text).n > 0) {
		struct str word = next_word(&text);

		if (lab->n == 0 &&
		    (str_is(word, "rung") || str_is(word, "run") ||
			str_is(word, "play")))
			continue;
		err = take_word(v, lab, word, &text);
	}
	return err == 0 && lab->n == 0 ? ERR_SYNTAX : err;
}

static struct trace *
run_command(struct str command, struct diag *d)
{
	struct buf lab = BUF_INIT, path = BUF_INIT;
	struct trace *t = NULL;
	struct variant v;
	int err = read_command(command, &lab, &v);

	if (err == ERR_SYNTAX || err == ERR_RANGE)
		diag_set(d, err, NULL, 0,
		    _("“%.*s” is no run; write a lab's name, with --set or "
		      "--seed= where it is needed"),
		    (int)(command.n < 80 ? command.n : 80), command.p);
	if (err == 0)
		err = work_find_named(buf_cstr(&lab), &path, d);
	if (err == 0)
		err = rerun_file(buf_cstr(&path), &v, &t, d);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	variant_free(&v);
	buf_free(&lab);
	buf_free(&path);
	return t;
}

const struct trace *
named_run(struct str command, struct diag *d, void *arg)
{
	struct named_runs *r = arg;
	struct trace *t;

	for (size_t i = 0; i < r->n; i++)
		if (str_is(command, r->commands[i]))
			return r->traces[i];
	if (r->n == NAMED_RUNS_MAX)
		return NULL;
	t = run_command(command, d);
	if (t == NULL)
		return NULL;
	r->commands[r->n] = mem_dup(command.p, command.n);
	if (r->commands[r->n] == NULL) {
		trace_destroy(t);
		return NULL;
	}
	r->traces[r->n] = t;
	return r->traces[r->n++];
}
