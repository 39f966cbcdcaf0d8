/* One question after the other: who sends a message, once it is there what it
 * means, then who sends what next. */
#include "quiz/quiz_in.h"

#include "base/err.h"

int
quiz_make_following(const struct quiz *asked, const struct quiz_score *s,
    struct quiz *q, size_t *nth)
{
	int err = asked->fact != NULL ? ERR_NOTFOUND : 0;

	*q = (struct quiz){ .trace = asked->trace };
	for (*nth = 0; err == 0; ++*nth) {
		quiz_free(q);
		err = quiz_make_fact(asked->trace, asked->next, *nth, q);
		if (err == 0 && !quiz_score_knows(s, quiz_fact_word(q->fact)))
			return 0;
	}
	quiz_free(q);
	return err == ERR_NOTFOUND ? quiz_make(asked->trace, asked->next, q)
				   : err;
}
