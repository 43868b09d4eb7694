from shop.models.order import Order
from shop.models.product import Product

__all__ = ["Order", "Product"]
