-- The risk of one of the viewer's people: tier, Charlson, raw V28 score now and last year, or why there is none. $sensitive: sensitive conditions too
SELECT charlson, charlson_before, tier, moved, elixhauser,
    list_filter(conditions, lambda x: $sensitive OR x NOT LIKE 'HIV%') AS conditions, release, segment, untiered, raw_score, raw_score_before, raw_score_before_v24, not_scoreable, is_medicare, plan_scores
FROM mart.risk WHERE person = $person
