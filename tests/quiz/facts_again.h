/* For tests of what the quiz asks about messages: each answer, computed again.
 */
#ifndef FACTS_AGAIN_H
#define FACTS_AGAIN_H

#include "quiz/quiz_fact.h"

struct fact_again {
	const char *word; /* the question's; NULL ends */
	enum quiz_answer (*again)(const struct trace *t, struct fact_scene *f);
};
extern const struct fact_again facts_again[];

#endif
