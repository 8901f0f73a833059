"""Suggestions while somebody types the name of a municipality."""


def test_suggestions_name_key_name_and_what_tells_them_apart(browser):
    response = browser.client.get("/kommunen/vorschlaege?q=bruch")

    assert response.json == [
        {
            "ags": "08215009",
            "name": "Bruchsal",
            "hint": "kreisangehörige Stadt, Landkreis Karlsruhe, Baden-Württemberg",
        }
    ]


def test_suggestions_need_hardly_a_query(browser, count_queries):
    browser.client.get("/kommunen/vorschlaege?q=bruch")

    assert count_queries(lambda: browser.client.get("/kommunen/vorschlaege?q=mann")) <= 2


def test_suggestions_set_no_cookie(browser):
    response = browser.client.get("/kommunen/vorschlaege?q=" + "a" * 500)

    assert response.json == []
    assert "Set-Cookie" not in response.headers
