/* Draws what differs from student to student. */
#include "grade/variant.h"

#include "base/err.h"
#include "inputs/inputs.h"
#include "lesson/answer_spelling.h"
#include "sweep/range.h"

#include <string.h>

/* Seeds are small, so that people can type them. */
#define SEEDS 1000000

/* A value, by its index, of the range P. */
static int
take_range_value(struct variant *v, const struct sweep_param *p, size_t i,
    const struct lesson *l)
{
	LOCAL_BUF b = BUF_INIT;
	struct str name, value;
	int err = 0;

	for (size_t k = 0; err == 0 && sweep_param_get(p, i, k, &name, &value);
	     k++)
		if (str_is(name, "seed"))
			err = str_u64(value, &v->seed);
		else if (sweep_param_put(p, i, k, &b))
			err = b.err != 0 ? b.err
					 : variant_add_setting(
					       v, buf_view(&b), lesson_file(l));
	return err;
}

/* The index of one of N values of NAME. */
typedef size_t choose_fn(const struct lesson *l, const char *name, size_t n);

static size_t
choose_drawn(const struct lesson *l, const char *name, size_t n)
{
	return lesson_draw(l, name) % n;
}

static size_t
choose_first(const struct lesson *l, const char *name, size_t n)
{
	(void)l;
	(void)name;
	(void)n;
	return 0;
}

static size_t
choose_last(const struct lesson *l, const char *name, size_t n)
{
	(void)l;
	(void)name;
	return n - 1;
}

/* One value of each range of L: settings, and the seed of "seed=1..50", which
 * is SEED where no range gives it. */
static int
choose_values(struct variant *v, const struct lesson *l, uint64_t seed,
    choose_fn *choose, struct diag *d)
{
	const char *text;
	int err = 0;

	*v = (struct variant){ .has_seed = true, .seed = seed };
	for (size_t i = 0; err == 0 && (text = lesson_varied(l, i)) != NULL;
	     i++) {
		struct sweep_param p = { .text = NULL };

		err = sweep_param_read(&p, text, d);
		if (err == 0)
			err =
			    take_range_value(v, &p, choose(l, p.name, p.n), l);
		sweep_param_free(&p);
	}
	return diag_fail(d, err);
}

int
variant_make_end(
    struct variant *v, const struct lesson *l, bool last, struct diag *d)
{
	return choose_values(v, l, 1, last ? choose_last : choose_first, d);
}

int
variant_make(struct variant *v, const struct lesson *l, struct diag *d)
{
	*v = VARIANT_INIT;
	if (lesson_student(l)[0] == '\0')
		return 0;
	return choose_values(
	    v, l, 1 + lesson_draw(l, "seed") % SEEDS, choose_drawn, d);
}

int
variant_add_setting(struct variant *v, struct str text, const char *drawn_by)
{
	if (v->nsettings == VARIANT_SETTINGS_MAX)
		return ERR_LIMIT;
	return topology_setting_make(
	    &v->settings[v->nsettings++], text, drawn_by);
}

bool
variant_is_of(const struct variant *v, bool has_seed, uint64_t seed,
    const struct topology_setting *settings, size_t n)
{
	bool same =
	    v->has_seed == has_seed && v->seed == seed && v->nsettings == n;

	for (size_t i = 0; same && i < n; i++)
		same = strcmp(v->settings[i].text, settings[i].text) == 0;
	return same;
}

int
variant_is_own(
    const struct lesson *l, const struct trace *run, bool *own, struct diag *d)
{
	LOCAL(inputs_free) struct inputs in = { .lab = NULL };
	LOCAL(variant_free) struct variant v = VARIANT_INIT;
	int err = inputs_from_head(&in, run, "", d);

	if (err == 0)
		err = variant_make(&v, l, d);
	*own = err == 0 && variant_is_of(&v, in.has_seed, in.seed, in.settings,
			       in.nsettings);
	return err;
}

void
variant_free(struct variant *v)
{
	for (size_t i = 0; i < v->nsettings; i++)
		topology_setting_free(&v->settings[i]);
	*v = VARIANT_INIT;
}

/* ---- of a command ---- */

/* The next word of *REST; empty at the end. */
static struct str
next_option_word(struct str *rest)
{
	*rest = str_trim(*rest);
	return str_cut(*rest, ' ', rest);
}

/* One word of the command: the lab, an option or its value. */
static int
variant_take_word(
    struct variant *v, struct buf *lab, struct str word, struct str *rest)
{
	if (str_is(word, "--set"))
		return variant_add_setting(v, next_option_word(rest), NULL);
	if (str_starts(word, "--set="))
		return variant_add_setting(v, str_slice(word, 6, word.n), NULL);
	if (str_starts(word, "--seed=")) {
		v->has_seed = true;
		return str_u64(str_slice(word, 7, word.n), &v->seed);
	}
	if (str_starts(word, "-") || lab->n > 0)
		return ERR_SYNTAX;
	buf_str(lab, word);
	return lab->err;
}

int
variant_read(struct variant *v, struct str command, struct buf *lab)
{
	LOCAL_BUF plain = BUF_INIT;
	int err = spelling_command(command, &plain);
	struct str text = buf_view(&plain);

	*v = VARIANT_INIT;
	while (err == 0 && str_trim(text).n > 0) {
		struct str word = next_option_word(&text);

		if (lab->n == 0 &&
		    (str_is(word, "rung") || str_is(word, "run") ||
			str_is(word, "play")))
			continue;
		err = variant_take_word(v, lab, word, &text);
	}
	return err == 0 && lab->n == 0 ? ERR_SYNTAX : err;
}
