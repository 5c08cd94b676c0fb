/**
 * @file The page, with another catalogue: the modules run in this order.
 */
import "./brackets.js";
import "../../../www/main.js";
