/* Draws what differs from student to student. */
#include "grade/variant.h"

#include "base/err.h"
#include "base/mem.h"
#include "sweep/range.h"

#include <string.h>

/* "name=VALUE" of the range TEXT. */
static int
draw_setting(
    const char *text, const struct lesson *l, char **out, struct diag *d)
{
	struct sweep_param p = { .text = NULL };
	struct buf b = BUF_INIT;
	int err = sweep_param_read(&p, text, d);

	if (err == 0) {
		buf_printf(&b, "%s=%s", p.name,
		    p.values[lesson_draw(l, p.name) % p.n]);
		*out = buf_take(&b);
		err = *out != NULL ? 0 : ERR_NOMEM;
	}
	buf_free(&b);
	sweep_param_free(&p);
	return err;
}

/* Seeds are small, so that people can type them. */
#define SEEDS 1000000

/* "seed=1..50" is the seed's own range. */
static int
draw_seed(struct variant *v, const char *text)
{
	uint64_t seed;

	if (str_u64(str_of(text + sizeof("seed=") - 1), &seed) != 0)
		return ERR_SYNTAX;
	v->seed = seed;
	return 0;
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
	     i++) {
		char **s = &v->settings[v->nsettings];

		err = draw_setting(text, l, s, d);
		if (err != 0)
			break;
		if (str_starts(str_of(*s), "seed=")) {
			err = draw_seed(v, *s);
			mem_free(*s);
			*s = NULL;
		} else {
			v->nsettings++;
		}
	}
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

void
variant_free(struct variant *v)
{
	for (size_t i = 0; i < v->nsettings; i++)
		mem_free(v->settings[i]);
	*v = VARIANT_INIT;
}
