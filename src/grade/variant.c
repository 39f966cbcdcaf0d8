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
			v->settings[v->nsettings] = buf_take(&b);
			err = v->settings[v->nsettings] != NULL ? 0 : ERR_NOMEM;
			v->nsettings += err == 0;
		}
	}
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

void
variant_blame(const struct variant *v, const char *folder, struct diag *d)
{
	struct diag said = DIAG_INIT;
	struct buf begin = BUF_INIT, file = BUF_INIT;

	for (size_t i = 0; i < v->nsettings && said.err == 0; i++) {
		buf_clear(&begin);
		buf_printf(&begin, "--set %s: ", v->settings[i]);
		if (begin.err != 0 || !str_starts(str_of(d->text), begin.p))
			continue;
		buf_printf(&file, "%s/check.lua", folder);
		diag_set(&said, d->err, buf_cstr(&file), 0, "vary { “%s” }: %s",
		    v->settings[i], d->text + begin.n);
	}
	if (said.err != 0)
		*d = said;
	buf_free(&begin);
	buf_free(&file);
}

void
variant_free(struct variant *v)
{
	for (size_t i = 0; i < v->nsettings; i++)
		mem_free(v->settings[i]);
	*v = VARIANT_INIT;
}
