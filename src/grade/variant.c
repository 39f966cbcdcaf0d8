/* Draws what differs from student to student. */
#include "grade/variant.h"

#include "base/err.h"
#include "base/mem.h"
#include "sweep/range.h"

#include <string.h>

/* Seeds are small, so that people can type them. */
#define SEEDS 1000000

/* One value of the range TEXT: a setting, or the seed of "seed=1..50". */
static int
draw_value(
    struct variant *v, const char *text, const struct lesson *l, struct diag *d)
{
	struct sweep_param p = { .text = NULL };
	struct buf b = BUF_INIT;
	const char *value;
	int err = sweep_param_read(&p, text, d);

	if (err == 0) {
		value = p.values[lesson_draw(l, p.name) % p.n];
		if (strcmp(p.name, "seed") == 0) {
			err = str_u64(str_of(value), &v->seed);
		} else {
			buf_printf(&b, "%s=%s", p.name, value);
			err = b.err != 0 ? b.err
					 : variant_add_setting(
					       v, buf_view(&b), lesson_file(l));
		}
	}
	buf_free(&b);
	sweep_param_free(&p);
	return err;
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
