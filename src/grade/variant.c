/* Draws what differs from student to student. */
#include "grade/variant.h"

#include "base/err.h"
#include "base/mem.h"
#include "sweep/range.h"

#include <string.h>

/* Seeds are small, so that people can type them. */
#define SEEDS 1000000

/* A value, by its index, of the range P. */
static int
take_value(struct variant *v, const struct sweep_param *p, size_t i,
    const struct lesson *l)
{
	struct buf b = BUF_INIT;
	int err;

	if (strcmp(p->name, "seed") == 0)
		return str_u64(str_of(p->values[i]), &v->seed);
	buf_printf(&b, "%s=%s", p->name, p->values[i]);
	err = b.err != 0 ? b.err
			 : variant_add_setting(v, buf_view(&b), lesson_file(l));
	buf_free(&b);
	return err;
}

/* One value of the range TEXT: a setting, or the seed of "seed=1..50". */
static int
draw_value(
    struct variant *v, const char *text, const struct lesson *l, struct diag *d)
{
	struct sweep_param p = { .text = NULL };
	int err = sweep_param_read(&p, text, d);

	if (err == 0)
		err = take_value(v, &p, lesson_draw(l, p.name) % p.n, l);
	sweep_param_free(&p);
	return err;
}

int
variant_make_end(
    struct variant *v, const struct lesson *l, bool last, struct diag *d)
{
	const char *text;
	int err = 0;

	*v = (struct variant){ .has_seed = true, .seed = 1 };
	for (size_t i = 0; err == 0 && (text = lesson_varied(l, i)) != NULL;
	     i++) {
		struct sweep_param p = { .text = NULL };

		err = sweep_param_read(&p, text, d);
		if (err == 0)
			err = take_value(v, &p, last ? p.n - 1 : 0, l);
		sweep_param_free(&p);
	}
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
variant_make(struct variant *v, const struct lesson *l, struct diag *d)
{
	const char *text;
	int err = 0;

	*v = VARIANT_INIT;
	if (lesson_student(l)[0] == '\0')
		return 0;
	v->has_seed = true;
	v->seed = 1 + lesson_draw(l, "seed") % SEEDS;
	for (size_t i = 0; err == 0 && (text = lesson_varied(l, i)) != NULL;
	     i++)
		err = draw_value(v, text, l, d);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
variant_add_setting(struct variant *v, struct str text, const char *drawn_by)
{
	if (v->nsettings == VARIANT_SETTINGS_MAX)
		return ERR_LIMIT;
	return topology_setting_make(
	    &v->settings[v->nsettings++], text, drawn_by);
}

void
variant_free(struct variant *v)
{
	for (size_t i = 0; i < v->nsettings; i++)
		topology_setting_free(&v->settings[i]);
	*v = VARIANT_INIT;
}
