/* The settings. */
#include "firmware/phone/settings.h"

void
settings_start(struct settings *s, const struct config *c)
{
	*s = (struct settings){ c->language, c->answer_s, c->registers };
}

void
settings_next_answer(struct settings *s)
{
	static const int steps[] = { -1, 0, 2, 5 };
	unsigned n = sizeof(steps) / sizeof(steps[0]);

	for (unsigned i = 0; i < n; i++)
		if (steps[i] > s->answer_s) {
			s->answer_s = steps[i];
			return;
		}
	s->answer_s = steps[0];
}
